#include "models/safetensors/chat_template.h"

#include <algorithm>
#include <map>

#include "models/gguf_writer.h"
#include "models/safetensors/tokenizer_files.h"

namespace fragua::models {

namespace {

constexpr std::string_view kMoreTemplates = "additional_chat_templates/";
constexpr std::string_view kTemplateEnding = ".jinja";

using Templates = std::map<std::string, std::string>;

// Only letters and digits, so that a name is a sane key.
std::string safe_name(std::string name) {
  std::ranges::replace_if(
      name, [](unsigned char c) { return c > 0x7f || !std::isalnum(c); }, '_');
  return name;
}

Templates of_value(const json::value& value) {
  if (value.is_string()) return {{"default", std::string(value.get_string())}};
  Templates templates;
  if (!value.is_array()) return templates;
  for (const auto& entry : value.get_array()) {
    if (!entry.is_object()) continue;
    const auto name = safe_name(string_member(entry.get_object(), "name"));
    const auto* text = find_member(entry.get_object(), "template");
    if (!name.empty() && text && text->is_string()) templates[name] = text->get_string();
  }
  return templates;
}

Templates of_files(const SourceFiles& files) {
  Templates templates;
  if (const auto text = files.find_text("chat_template.jinja")) {
    templates["default"] = *text;
    for (const auto& [name, path] : files.all()) {
      if (!name.starts_with(kMoreTemplates) || !name.ends_with(kTemplateEnding)) continue;
      const auto stem =
          name.substr(kMoreTemplates.size(), name.size() - kMoreTemplates.size() - kTemplateEnding.size());
      if (stem != "default") templates[safe_name(stem)] = files.find_text(name).value_or("");
    }
  } else if (const auto object = files.find_object("chat_template.json")) {
    if (const auto* value = find_member(*object, "chat_template")) return of_value(*value);
  }
  return templates;
}

}  // namespace

void describe_chat_template(const TokenizerFiles& tokenizer, GgufWriter& writer) {
  const auto* value = tokenizer.config ? find_member(*tokenizer.config, "chat_template") : nullptr;
  const auto templates = value ? of_value(*value) : of_files(tokenizer.files);
  std::vector<std::string> names;
  for (const auto& [name, text] : templates) {
    if (name == "default") continue;
    writer.set_string("tokenizer.chat_template." + name, text);
    names.push_back(name);
  }
  if (!names.empty()) writer.set_strings("tokenizer.chat_templates", names);
  const auto found = templates.find("default");
  if (found != templates.end() && !found->second.empty()) writer.set_string("tokenizer.chat_template", found->second);
}

}  // namespace fragua::models
