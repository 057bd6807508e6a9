#include "api/native/page.h"

namespace fragua::api::native {

namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fragua: HTTP API</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
summary { cursor: pointer; padding: .3rem 0 }
code { font-family: ui-monospace, monospace }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600 }
table { border-collapse: collapse; margin: .5rem 0 1rem 4.5rem }
td { padding: .15rem 1rem .15rem 0; vertical-align: top }
</style></head><body>
<h1>Fragua: HTTP API</h1>
<p>The same as a document for programs: <a href="/openapi.json">/openapi.json</a>.</p>
)";

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else if (c == '"')
      result += "&quot;";
    else
      result += c;
  }
  return result;
}

const json::object* inside(const json::object* object, std::string_view key) {
  const auto* found = object ? find_member(*object, key) : nullptr;
  return found ? found->if_object() : nullptr;
}

std::string fields_of(const json::object& operation) {
  const auto* schema =
      inside(inside(inside(inside(&operation, "requestBody"), "content"), "application/json"), "schema");
  const auto* properties = inside(schema, "properties");
  if (!properties) return "";
  std::string rows;
  for (const auto& [name, field] : *properties) {
    const auto& about = field.get_object();
    rows += "<tr><td><code>" + escaped(name) + "</code></td><td>" + escaped(string_member(about, "type", "any")) +
            "</td><td>" + escaped(string_member(about, "description")) + "</td></tr>\n";
  }
  return "<table>" + rows + "</table>";
}

std::string section_of(std::string_view method, std::string_view path, const json::object& operation) {
  std::string upper(method);
  for (auto& c : upper) c = char(c - ('a' <= c && c <= 'z' ? 'a' - 'A' : 0));
  return "<details><summary><span class=\"method\">" + upper + "</span> <code>" + escaped(path) + "</code> " +
         escaped(string_member(operation, "summary")) + "</summary>" + fields_of(operation) + "</details>\n";
}

}  // namespace

std::string page_of(const json::object& openapi) {
  std::string page(kHead);
  const auto* paths = inside(&openapi, "paths");
  if (!paths) return page;
  for (const auto& [path, item] : *paths)
    for (const auto& [method, operation] : item.get_object()) page += section_of(method, path, operation.get_object());
  return page + "</body></html>\n";
}

}  // namespace fragua::api::native
