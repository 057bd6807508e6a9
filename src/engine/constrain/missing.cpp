#include "engine/constrain/missing.h"

#include <algorithm>
#include <vector>

#include "base/strings.h"

namespace fragua::engine {
namespace {

struct Level {
  bool is_object;
  std::vector<std::string> keys;  // read so far; the last one's value may be under way
  std::size_t items = 0;
};

// A JSON text that was cut anywhere, as far as it goes.
struct Outline {
  std::vector<Level> levels;
  bool is_in_string = false;
  bool is_in_key = false;
};

Outline outline_of(std::string_view text) {
  Outline outline;
  std::string string;
  bool is_escaped = false, is_value = false;
  for (char c : text) {
    if (outline.is_in_string) {
      const bool ends = c == '"' && !is_escaped;
      is_escaped = c == '\\' && !is_escaped;
      if (!ends) string += c;
      if (!ends) continue;
      outline.is_in_string = false;
      if (outline.is_in_key) outline.levels.back().keys.push_back(string);
      outline.is_in_key = false;
      continue;
    }
    if (c == '"') {
      outline.is_in_string = true;
      outline.is_in_key = !outline.levels.empty() && outline.levels.back().is_object && !is_value;
      string.clear();
    } else if (c == '{' || c == '[') {
      outline.levels.push_back({c == '{', {}, 0});
      is_value = false;
    } else if ((c == '}' || c == ']') && !outline.levels.empty()) {
      outline.levels.pop_back();
      is_value = true;
    } else if (c == ':') {
      is_value = true;
    } else if (c == ',') {
      is_value = false;
      if (!outline.levels.empty()) ++outline.levels.back().items;
    }
  }
  return outline;
}

const json::object* referred(const json::value& root, const json::value* schema) {
  for (int hops = 0; hops < 16 && schema && schema->is_object(); ++hops) {
    const auto* reference = schema->get_object().if_contains("$ref");
    if (!reference || !reference->is_string()) return &schema->get_object();
    const std::string pointer(reference->get_string());
    json::error_code error;
    schema = pointer.starts_with("#") ? root.find_pointer(pointer.substr(1), error) : nullptr;
  }
  return nullptr;
}

const json::value* inner_schema(const json::object& schema, const Level& level) {
  if (!level.is_object) return find_member(schema, "items");
  const auto* properties = find_member(schema, "properties");
  if (!properties || !properties->is_object() || level.keys.empty()) return nullptr;
  return properties->get_object().if_contains(level.keys.back());
}

// Required properties that no key has named yet.
std::vector<std::string> lacking(const json::object& schema, const Level& level) {
  std::vector<std::string> names;
  const auto* required = find_member(schema, "required");
  if (!level.is_object || !required || !required->is_array()) return names;
  for (const auto& name : required->get_array()) {
    if (!name.is_string()) continue;
    const std::string text(name.get_string());
    if (std::find(level.keys.begin(), level.keys.end(), text) == level.keys.end()) names.push_back(text);
  }
  return names;
}

std::string path_of(const Outline& outline) {
  std::string path;
  for (std::size_t i = 0; i < outline.levels.size(); ++i) {
    const Level& level = outline.levels[i];
    const bool is_last = i + 1 == outline.levels.size();
    if (!level.is_object) {
      path += "[" + std::to_string(level.items) + "]";
    } else if (!level.keys.empty() && !(is_last && outline.is_in_key)) {
      path += (path.empty() ? "" : ".") + level.keys.back();
    }
  }
  return path;
}

std::string missing_from_json(const CutAnswer& answer) {
  const Outline outline = outline_of(answer.text);
  std::string sentence = "the answer was cut ";
  const std::string path = path_of(outline);
  if (answer.text.empty())
    sentence += "before its first character";
  else if (outline.is_in_key)
    sentence += "inside a property's name" + (path.empty() ? "" : " after \"" + path + "\"");
  else
    sentence += (outline.is_in_string ? "inside a string" : "short") + (path.empty() ? "" : " at \"" + path + "\"");

  std::vector<std::string> names;
  const json::object* schema = referred(answer.schema, &answer.schema);
  for (const auto& level : outline.levels) {
    if (!schema) break;
    for (auto& name : lacking(*schema, level)) names.push_back("\"" + name + "\"");
    schema = referred(answer.schema, inner_schema(*schema, level));
  }
  if (answer.text.empty() && schema)
    for (auto& name : lacking(*schema, {true, {}, 0})) names.push_back("\"" + name + "\"");
  std::vector<std::string> parts;
  if (!names.empty())
    parts.push_back(names.size() == 1 ? "the property " + names[0] : "the properties " + join(names, ", "));
  std::string closing = outline.is_in_string ? "\"" : "";
  for (auto level = outline.levels.rbegin(); level != outline.levels.rend(); ++level)
    closing += level->is_object ? '}' : ']';
  if (!closing.empty()) parts.push_back("the closing " + closing);
  return parts.empty() ? sentence : sentence + "; still to come: " + join(parts, " and ");
}

}  // namespace

std::string missing_from(const CutAnswer& answer) {
  if (answer.kind == GrammarSpec::Kind::json || answer.kind == GrammarSpec::Kind::json_schema)
    return missing_from_json(answer);
  std::string sentence = "the answer was cut before it was whole by its grammar";
  if (!answer.forced.empty()) sentence += "; next would have come \"" + std::string(answer.forced) + "\"";
  return sentence;
}

}  // namespace fragua::engine
