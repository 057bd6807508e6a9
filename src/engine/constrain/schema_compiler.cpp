#include "engine/constrain/schema_compiler.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"
#include "engine/constrain/schema_merge.h"

namespace fragua::engine {
namespace {

constexpr std::string_view kUnsupported[] = {"not",          "if",       "dependentRequired", "dependentSchemas",
                                             "dependencies", "contains", "$dynamicRef",       "$recursiveRef"};
constexpr int kHopsMax = 32;  // $ref to $ref to ...

// Whether any string in the schema may be under a rule: only then must alternatives be told apart at once.
bool mentions_string_rules(const json::value& value) {
  if (const auto* list = value.if_array()) return std::any_of(list->begin(), list->end(), mentions_string_rules);
  const auto* object = value.if_object();
  if (!object) return false;
  return std::any_of(object->begin(), object->end(), [](const auto& member) {
    const auto key = member.key();
    return key == "pattern" || key == "minLength" || key == "maxLength" || key == "format" ||
           key == "patternProperties" || mentions_string_rules(member.value());
  });
}

std::string pointer_step(std::string_view step) {
  std::string text = percent_decoded(step);
  for (const auto& [from, to] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}})
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) text.replace(at, 2, to);
  return text;
}

}  // namespace

SchemaCompiler::SchemaCompiler(const json::value& root, const SchemaLimits& limits)
    : root_(root), limits_(limits), writer_(limits.grammar_bytes_max), has_string_rules_(mentions_string_rules(root)) {}

void SchemaCompiler::fail(ErrorCode code, const std::string& what) const {
  throw Error(code, "schema" + (path_.empty() ? "" : " at " + join(path_, ".")) + ": " + what);
}

void SchemaCompiler::check_keywords(const json::object& schema) const {
  for (auto keyword : kUnsupported)
    if (schema.contains(keyword)) fail(ErrorCode::unsupported, "\"" + std::string(keyword) + "\" is not supported");
  const auto* unique = find_member(schema, "uniqueItems");
  const auto* most = find_member(schema, "maxItems");
  if (unique && *unique == json::value(true) && !(most && most->is_number() && most->to_number<double>() <= 1))
    fail(ErrorCode::unsupported, "\"uniqueItems\" is not supported");
  for (auto keyword : {"unevaluatedProperties", "unevaluatedItems"})
    if (const auto* found = find_member(schema, keyword); found && !found->is_bool())
      fail(ErrorCode::unsupported, "\"" + std::string(keyword) + "\" with a schema is not supported");
}

const json::value& SchemaCompiler::referred(const std::string& reference) const {
  if (!reference.starts_with("#") || (reference.size() > 1 && reference[1] != '/'))
    fail(ErrorCode::unsupported, "$ref \"" + reference + "\" is not supported: only \"#/...\" within the schema is");
  const json::value* found = &root_;
  auto steps = split(reference.substr(1), '/');
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const std::string step = pointer_step(steps[i]);
    if (const auto* object = found->if_object())
      found = object->if_contains(step);
    else if (const auto* list = found->if_array();
             list && !step.empty() && step.find_first_not_of("0123456789") == step.npos)
      found = step.size() < 9 && std::stoul(step) < list->size() ? &(*list)[std::stoul(step)] : nullptr;
    else
      found = nullptr;
    if (!found) fail(ErrorCode::invalid_argument, "$ref \"" + reference + "\" refers to nothing");
  }
  return *found;
}

// Without allOf, and with a $ref only when nothing stands beside it.
json::object SchemaCompiler::flattened(json::object schema, int hops) const {
  if (hops > kHopsMax) fail(ErrorCode::invalid_argument, "$ref and allOf lead in a circle");
  const auto merge = [&](const json::value& with) {
    if (with.is_bool() && with.get_bool()) return;
    if (!with.is_object()) fail(ErrorCode::invalid_argument, "nothing satisfies it, or it is not a schema");
    auto merged = merged_schema(schema, flattened(with.get_object(), hops + 1));
    if (!merged) fail(ErrorCode::invalid_argument, "nothing satisfies all of it at once");
    schema = std::move(*merged);
  };
  if (const auto* all = schema.if_contains("allOf")) {
    if (!all->is_array()) fail(ErrorCode::invalid_argument, "\"allOf\" must be a list");
    const json::array branches = all->get_array();
    schema.erase("allOf");
    for (const auto& branch : branches) {
      const auto* object = branch.if_object();
      const auto* reference = object ? object->if_contains("$ref") : nullptr;
      const bool is_reference = reference && reference->is_string();
      if (is_reference && !has_constraints(schema) && branches.size() == 1) {
        schema["$ref"] = *reference;
        return schema;
      }
      merge(branch);
    }
  }
  const auto* reference = schema.if_contains("$ref");
  if (!reference) return schema;
  if (!reference->is_string()) fail(ErrorCode::invalid_argument, "\"$ref\" must be a string");
  const std::string name(reference->get_string());
  schema.erase("$ref");
  if (has_constraints(schema) || hops > 0) {
    merge(referred(name));
    return schema;
  }
  schema["$ref"] = name;
  return schema;
}

SchemaCompiler::Shape SchemaCompiler::shape_of(const json::value& schema) {
  if (path_.size() > limits_.depth_max) fail(ErrorCode::too_large, "nested too deeply");
  if (schema.is_bool() && schema.get_bool()) {
    Shape shape;
    shape.is_anything = true;
    return shape;
  }
  if (schema.is_bool()) fail(ErrorCode::invalid_argument, "nothing satisfies the schema false");
  if (!schema.is_object()) fail(ErrorCode::invalid_argument, "a schema must be an object, true or false");
  return shape_of_object(flattened(schema.get_object()));
}

SchemaCompiler::Shape SchemaCompiler::shape_of_object(const json::object& schema) {
  check_keywords(schema);
  if (const auto* reference = schema.if_contains("$ref"))
    return shape_of_reference(std::string(reference->get_string()));
  if (schema.contains("const") || schema.contains("enum")) {
    if (schema.contains("anyOf")) return shape_of_union(schema, "anyOf");
    if (schema.contains("oneOf")) return shape_of_union(schema, "oneOf");
    return shape_of_literals(schema);
  }
  if (schema.contains("anyOf")) return shape_of_union(schema, "anyOf");
  if (schema.contains("oneOf")) return shape_of_union(schema, "oneOf");
  return shape_of_types(schema);
}

SchemaCompiler::Shape SchemaCompiler::shape_of_types(const json::object& schema) {
  const auto types = types_of(schema);
  Shape shape;
  shape.is_anything = types.empty() && !schema.contains("format");
  if (types.empty() && schema.contains("format")) unite(shape, shape_of_string(schema));
  if (schema.contains("type") && types.empty()) fail(ErrorCode::invalid_argument, "\"type\" lists nothing");
  for (const auto& type : types) {
    Shape one;
    if (type == "string")
      one = shape_of_string(schema);
    else if (type == "object")
      one.others = {object_alternative(schema)};
    else if (type == "array")
      one.others = {array_alternative(schema)};
    else if (type == "integer")
      one.others = {{integer_expression(schema)}};
    else if (type == "number")
      one.others = {{number_expression(schema)}};
    else if (type == "boolean")
      one.others = {{"\"true\""}, {"\"false\""}};
    else if (type == "null")
      one.others = {{"\"null\""}};
    else
      fail(ErrorCode::invalid_argument, "\"" + type + "\" is not a type");
    unite(shape, std::move(one));
  }
  return shape;
}

SchemaCompiler::Shape SchemaCompiler::shape_of_union(const json::object& schema, std::string_view keyword) {
  const auto& branches = schema.at(keyword);
  if (!branches.is_array() || branches.get_array().empty())
    fail(ErrorCode::invalid_argument, "\"" + std::string(keyword) + "\" must be a list of schemas");
  json::object beside = schema;
  beside.erase(keyword);
  const bool is_alone = !has_constraints(beside);
  Shape shape;
  bool any = false;
  std::vector<json::object> seen;
  for (const auto& branch : branches.get_array()) {
    if (branch == json::value(false)) continue;
    if (!branch.is_object() || (is_alone && keyword == "anyOf")) {
      any = true;
      unite(shape, shape_of(branch));
      continue;
    }
    const auto merged = merged_schema(beside, flattened(branch.get_object(), 1));
    if (!merged) continue;
    any = true;
    if (keyword == "oneOf")
      for (const auto& other : seen)
        if (!are_disjoint(other, *merged))
          fail(ErrorCode::unsupported, "\"oneOf\" whose alternatives may both hold is not supported; \"anyOf\" is");
    seen.push_back(*merged);
    // A reference that stands alone stays one: it may be recursive.
    unite(shape, is_alone ? shape_of(branch) : shape_of_object(*merged));
  }
  if (!any) fail(ErrorCode::invalid_argument, "no alternative of \"" + std::string(keyword) + "\" can hold");
  return shape;
}

SchemaCompiler::Shape SchemaCompiler::shape_of_reference(const std::string& reference) {
  if (const auto known = references_.find(reference); known != references_.end()) return known->second;
  if (const auto open = open_references_.find(reference); open != open_references_.end()) {
    if (open->second.depth == containers_)
      fail(ErrorCode::invalid_argument, "$ref \"" + reference + "\" refers to itself");
    if (open->second.name.empty()) open->second.name = writer_.reserve();
    Shape shape;
    shape.others.push_back({open->second.name, true, "", {}});
    return shape;
  }
  open_references_[reference] = {"", containers_};
  Shape shape = shape_of(referred(reference));
  const std::string name = open_references_[reference].name;
  open_references_.erase(reference);
  if (!name.empty()) {
    Alternative whole{name, true, "", {}};
    if (shape.others.size() == 1)
      whole.first_key = shape.others[0].first_key, whole.first_values = shape.others[0].first_values;
    writer_.define(name, expression_of(std::move(shape)));
    shape = {};
    shape.others.push_back(std::move(whole));
  }
  return references_[reference] = shape;
}

// While two alternatives run side by side, the matcher can name only one of the rules that a string is under.
bool SchemaCompiler::is_told_apart(const Alternative& a, const Alternative& b) const {
  if (!has_string_rules_ || !a.is_container || !b.is_container || a.expression == b.expression) return true;
  if (a.expression[0] != b.expression[0] && a.expression[0] == '"' && b.expression[0] == '"') return true;
  if (a.first_key.empty() || b.first_key.empty()) return false;
  if (a.first_key != b.first_key) return true;
  return !a.first_values.empty() && !b.first_values.empty() &&
         std::find_first_of(a.first_values.begin(), a.first_values.end(), b.first_values.begin(),
                            b.first_values.end()) == a.first_values.end();
}

void SchemaCompiler::unite(Shape& to, Shape from) {
  to.is_anything = to.is_anything || from.is_anything;
  to.has_free_string = to.has_free_string || from.has_free_string;
  for (auto& literal : from.literals)
    if (std::find(to.literals.begin(), to.literals.end(), literal) == to.literals.end())
      to.literals.push_back(std::move(literal));
  for (auto& rule : from.rules) to.rules.push_back(std::move(rule));
  for (auto& alternative : from.others) {
    bool is_new = true;
    for (const auto& other : to.others) {
      if (other.expression == alternative.expression) is_new = false;
      if (!is_told_apart(other, alternative))
        fail(
            ErrorCode::unsupported,
            "lengths, patterns or formats of strings inside alternatives that begin alike are not supported: let their "
            "first required property be a \"const\" that tells them apart");
    }
    if (is_new) to.others.push_back(std::move(alternative));
  }
}

std::string SchemaCompiler::strings_expression(const Shape& shape) {
  if (shape.has_free_string) return "string";
  std::vector<std::string> parts;
  if (shape.rules.empty()) {
    for (const auto& literal : shape.literals) parts.push_back(ebnf_literal(json_spelling(json::value(literal))));
    return join(parts, " | ");
  }
  StringRuleText rule = shape.rules[0];
  if (shape.rules.size() > 1 || !shape.literals.empty()) {
    // One rule for all of them, as an expression.
    std::vector<Regex> choices;
    for (const auto& literal : shape.literals) choices.push_back(regex_of_literal(literal));
    for (const auto& part : shape.rules) {
      const auto [least, most] = part.bounds;
      const bool is_long = most != LengthBounds::kUnlimited && most > 10000;
      if (part.pattern && part.bounds.any())
        fail(ErrorCode::unsupported, "\"pattern\" with lengths as one of several alternatives is not supported");
      choices.push_back(part.pattern
                            ? *part.pattern
                            : regex_any_text(int(least), most == LengthBounds::kUnlimited || is_long ? Regex::kUnlimited
                                                                                                     : int(most)));
      if (is_long)
        fail(ErrorCode::unsupported, "\"maxLength\" over 10000 as one of several alternatives is not supported");
    }
    rule = {{}, regex_choice(std::move(choices))};
  }
  const std::string name = writer_.reserve();
  writer_.define(name, "string_rest", int(rules_.size()));
  rules_.push_back(std::move(rule));
  return "\"\\\"\" " + name;
}

std::string SchemaCompiler::named(const std::string& expression) {
  if (const auto known = names_.find(expression); known != names_.end()) return known->second;
  if (expression.find_first_of(" \"([") == std::string::npos) return expression;  // a name already
  return names_[expression] = writer_.add(expression);
}

std::string SchemaCompiler::expression_of(Shape shape) {
  if (shape.is_anything) return "value";
  std::vector<std::string> parts;
  const std::string strings = strings_expression(shape);
  if (!strings.empty()) parts.push_back(strings);
  for (const auto& alternative : shape.others) parts.push_back(alternative.expression);
  if (parts.empty()) fail(ErrorCode::invalid_argument, "nothing satisfies it");
  return named(join(parts, " | "));
}

std::string SchemaCompiler::value_expression(const json::value& schema, std::string_view step) {
  path_.emplace_back(step);
  ++containers_;
  std::string result = expression_of(shape_of(schema));
  --containers_;
  path_.pop_back();
  return result;
}

}  // namespace fragua::engine
