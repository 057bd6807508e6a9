#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"
#include "engine/constrain/schema_compiler.h"
#include "engine/constrain/schema_merge.h"

namespace fragua::engine {
namespace {

constexpr std::uint32_t kCountMax = 10000;

std::string key_literal(std::string_view before, std::string_view key) {
  return ebnf_literal(std::string(before) + to_json(json::value(key)) + ": ");
}

// `part` again, `least` to `most` times.
std::string again(const std::string& part, std::uint32_t least, std::optional<std::uint32_t> most) {
  if (most && *most == 0) return "";
  if (!most) return least == 0 ? fmt::format("({})*", part) : fmt::format("({}){{{},}}", part, least);
  return fmt::format("({}){{{},{}}}", part, least, *most);
}

}  // namespace

SchemaCompiler::Alternative SchemaCompiler::array_alternative(const json::object& schema) {
  const auto* items = find_member(schema, "items");
  const auto* first = find_member(schema, "prefixItems");
  if (items && items->is_array()) {  // drafts before 2020
    first = items;
    items = find_member(schema, "additionalItems");
  }
  static const json::value kAnything = true;
  if (first && !first->is_array()) fail(ErrorCode::invalid_argument, "\"prefixItems\" must be a list of schemas");
  if (!first && !items) items = &kAnything;
  const bool is_closed = !items || *items == json::value(false);
  return {
      items_expression(first ? first->get_array() : json::array(), is_closed ? nullptr : items, schema), true, "", {}};
}

std::string SchemaCompiler::items_expression(const json::array& first, const json::value* more,
                                             const json::object& schema) {
  const std::uint32_t least = count_member(schema, "minItems").value_or(0);
  const auto most = count_member(schema, "maxItems");
  if (least > kCountMax) fail(ErrorCode::unsupported, fmt::format("\"minItems\" over {} is not supported", kCountMax));
  if (most && least > *most) fail(ErrorCode::invalid_argument, "\"minItems\" is over \"maxItems\"");
  const std::size_t fixed = std::min<std::size_t>(first.size(), most.value_or(kCountMax));
  std::string text;
  for (std::size_t i = 0; i < fixed; ++i)
    text += (i == 0 ? "" : " \", \" ") + value_expression(first[i], fmt::format("prefixItems[{}]", i));
  if (!more || (most && *most <= fixed)) {
    if (least > fixed) fail(ErrorCode::invalid_argument, "\"minItems\" asks for more items than there can be");
    return text.empty() ? "\"[]\"" : "\"[\" " + text + " \"]\"";
  }
  const std::string item = value_expression(*more, "items");
  auto left = most ? std::optional(*most - std::uint32_t(fixed)) : std::nullopt;
  if (left && *left > kCountMax) left.reset();
  if (left.has_value() != most.has_value())
    fail(ErrorCode::unsupported, fmt::format("\"maxItems\" over {} is not supported", kCountMax));
  const std::uint32_t still = least > fixed ? least - std::uint32_t(fixed) : 0;
  if (fixed > 0) return "\"[\" " + text + " " + again("\", \" " + item, still, left) + " \"]\"";
  const auto tail = again("\", \" " + item, still > 0 ? still - 1 : 0, left ? std::optional(*left - 1) : std::nullopt);
  const std::string some = "\"[\" " + item + " " + tail + " \"]\"";
  return still > 0 ? some : "\"[]\" | " + some;
}

std::vector<SchemaCompiler::Property> SchemaCompiler::properties_of(const json::object& schema) const {
  std::vector<Property> properties;
  std::vector<std::string> required;
  if (const auto* list = find_member(schema, "required"); list && list->is_array())
    for (const auto& name : list->get_array())
      if (name.is_string()) required.emplace_back(std::string_view(name.get_string()));
  const auto is_required = [&](std::string_view key) {
    return std::find(required.begin(), required.end(), key) != required.end();
  };
  if (const auto* declared = find_member(schema, "properties")) {
    if (!declared->is_object()) fail(ErrorCode::invalid_argument, "\"properties\" must be an object");
    for (const auto& [key, value] : declared->get_object())
      properties.push_back({std::string(key), value, is_required(key)});
  }
  const auto* additional = find_member(schema, "additionalProperties");
  for (const auto& name : required) {
    if (std::any_of(properties.begin(), properties.end(), [&](const auto& property) { return property.key == name; }))
      continue;
    properties.push_back({name, additional ? *additional : json::value(true), true});
  }
  for (const auto& property : properties)
    if (property.schema == json::value(false) && property.is_required)
      fail(ErrorCode::invalid_argument, "the property \"" + property.key + "\" is required and forbidden");
  std::erase_if(properties, [](const Property& property) { return property.schema == json::value(false); });
  return properties;
}

void SchemaCompiler::check_property_counts(const json::object& schema, const std::vector<Property>& properties,
                                           bool is_open) const {
  const auto least = count_member(schema, "minProperties").value_or(0);
  const auto most = count_member(schema, "maxProperties");
  const auto required =
      std::size_t(std::count_if(properties.begin(), properties.end(), [](auto& p) { return p.is_required; }));
  if (least > required) fail(ErrorCode::unsupported, "\"minProperties\" beside \"properties\" is not supported");
  if (most && *most < required)
    fail(ErrorCode::invalid_argument, "\"maxProperties\" is under the number of required properties");
  if (most && (is_open || *most < properties.size()))
    fail(ErrorCode::unsupported, "\"maxProperties\" beside \"properties\" is not supported");
}

SchemaCompiler::Alternative SchemaCompiler::object_alternative(const json::object& schema) {
  const auto properties = properties_of(schema);
  const auto* additional = find_member(schema, "additionalProperties");
  static const json::value kAnything = true;
  const bool is_free = !additional && !schema.contains("properties") && !schema.contains("required") &&
                       !schema.contains("patternProperties");
  if (is_free) additional = &kAnything;
  if (additional && *additional == json::value(false)) additional = nullptr;
  Alternative result{"", true, "", {}};
  if (schema.contains("patternProperties")) {
    if (!properties.empty() || additional)
      fail(ErrorCode::unsupported,
           "\"patternProperties\" beside \"properties\" or \"additionalProperties\" is not supported");
    result.expression = pattern_map_expression(schema);
  } else if (properties.empty()) {
    result.expression = map_expression(schema, additional);
  } else {
    if (schema.contains("propertyNames"))
      fail(ErrorCode::unsupported, "\"propertyNames\" beside \"properties\" is not supported");
    check_property_counts(schema, properties, additional != nullptr);
    set_first(result, properties[0]);
    result.expression = chain_expression(properties, additional);
  }
  return result;
}

void SchemaCompiler::set_first(Alternative& alternative, const Property& first) const {
  if (!first.is_required) return;
  alternative.first_key = first.key;
  const auto* object = first.schema.if_object();
  if (!object) return;
  if (const auto* constant = object->if_contains("const")) alternative.first_values.push_back(json_spelling(*constant));
  if (const auto* values = object->if_contains("enum"); values && values->is_array())
    for (const auto& value : values->get_array()) alternative.first_values.push_back(json_spelling(value));
}

std::string SchemaCompiler::pairs_expression(const json::object& schema, const std::string& key,
                                             const std::string& value) {
  const auto least = count_member(schema, "minProperties").value_or(0);
  const auto most = count_member(schema, "maxProperties");
  if (least > 1) fail(ErrorCode::unsupported, "\"minProperties\" over 1 is not supported: keys may repeat");
  if (most && *most > kCountMax)
    fail(ErrorCode::unsupported, fmt::format("\"maxProperties\" over {} is not supported", kCountMax));
  if (most && *most == 0) return "\"{}\"";
  const std::string pair = named(key + " \": \" " + value);
  const std::string some =
      "\"{\" " + pair + " " + again("\", \" " + pair, 0, most ? std::optional(*most - 1) : std::nullopt) + " \"}\"";
  return least > 0 ? some : "\"{}\" | " + some;
}

std::string SchemaCompiler::map_expression(const json::object& schema, const json::value* additional) {
  if (!additional) {
    if (count_member(schema, "minProperties").value_or(0) > 0)
      fail(ErrorCode::invalid_argument, "\"minProperties\" asks for properties that are forbidden");
    return "\"{}\"";
  }
  std::string key = "string";
  if (const auto* names = find_member(schema, "propertyNames"); names && names->is_object()) {
    auto name = names->get_object();
    if (!name.contains("type")) name["type"] = "string";
    key = value_expression(name, "propertyNames");
  }
  return pairs_expression(schema, key, value_expression(*additional, "additionalProperties"));
}

std::string SchemaCompiler::pattern_map_expression(const json::object& schema) {
  const auto* patterns = find_member(schema, "patternProperties");
  if (!patterns || !patterns->is_object()) fail(ErrorCode::invalid_argument, "\"patternProperties\" must be an object");
  if (patterns->get_object().empty()) return "\"{}\"";
  if (patterns->get_object().size() > 1)
    fail(ErrorCode::unsupported, "more than one of \"patternProperties\" is not supported");
  const auto& [pattern, value] = *patterns->get_object().begin();
  const json::object name{{"type", "string"}, {"pattern", pattern}};
  return pairs_expression(schema, value_expression(name, "patternProperties"),
                          value_expression(value, "patternProperties"));
}

// Properties in order. `tail` is what may follow once one has been written, `head` while none has.
std::string SchemaCompiler::chain_expression(const std::vector<Property>& properties, const json::value* additional) {
  std::vector<std::string> values;
  for (const auto& property : properties) values.push_back(value_expression(property.schema, property.key));
  std::string tail = "\"}\"", head = "\"}\"";
  if (additional) {
    const std::string pair =
        key_other_than(properties) + " \": \" " + value_expression(*additional, "additionalProperties");
    tail = writer_.reserve();
    writer_.define(tail, fmt::format("\"}}\" | \", \" {} {}", pair, tail));
    head = fmt::format("(\"}}\" | {} {})", pair, tail);
  }
  for (std::size_t i = properties.size(); i-- > 0;) {
    const auto& [key, schema, is_required] = properties[i];
    if (tail.size() > 8) tail = named(tail);
    const std::string rest = values[i] + " " + tail;
    const std::string with_comma = key_literal(", ", key) + " " + rest, without = key_literal("", key) + " " + rest;
    head = is_required ? without : fmt::format("({} | {})", without, head);
    tail = is_required ? with_comma : named(with_comma + " | " + tail);
  }
  return "\"{\" " + head;
}

// A key that is none of the properties, so that none is written twice: the letters that the names share lead to rules
// of their own, any other letter leaves them.
std::string SchemaCompiler::key_other_than(const std::vector<Property>& properties) {
  std::vector<std::string_view> names;
  for (const auto& property : properties) names.push_back(property.key);
  std::sort(names.begin(), names.end());
  return "\"\\\"\" " + trie_rule(names, 0);
}

std::string SchemaCompiler::trie_rule(const std::vector<std::string_view>& names, std::size_t from) {
  std::vector<std::string> parts;
  CodepointSet other{{0x20, 0x21}, {0x23, 0x5B}, {0x5D, kCodepointMax}};
  CodepointSet taken;
  bool is_name = false;
  for (std::size_t i = 0; i < names.size();) {
    if (names[i].size() == from) {
      is_name = true;
      ++i;
      continue;
    }
    std::string_view rest = names[i].substr(from);
    const std::size_t before = rest.size();
    const Codepoint codepoint = take_codepoint(rest);
    const std::size_t length = before - rest.size();
    const auto letter = names[i].substr(from, length);
    std::vector<std::string_view> same;
    for (; i < names.size() && names[i].substr(from, length) == letter; ++i) same.push_back(names[i]);
    taken.add(codepoint, codepoint);
    if (codepoint >= 0x20 && codepoint != '"' && codepoint != '\\')
      parts.push_back(ebnf_literal(letter) + " " + trie_rule(same, from + length));
  }
  if (!is_name) parts.push_back("\"\\\"\"");
  parts.push_back(ebnf_class(other.intersected(taken.inverted())) + " string_rest");
  return named(join(parts, " | "));
}

}  // namespace fragua::engine
