#include "api/openapi.h"

#include "api/guard.h"
#include "base/strings.h"

namespace fragua::api {

namespace {

std::string_view name_of(Dialect dialect) {
  switch (dialect) {
    case Dialect::ollama: return "ollama";
    case Dialect::openai: return "openai";
    case Dialect::anthropic: return "anthropic";
    case Dialect::native: return "fragua";
  }
  return "fragua";
}

std::string_view content_type_of(Answer answer) {
  switch (answer) {
    case Answer::json: return "application/json";
    case Answer::ndjson: return "application/x-ndjson";
    case Answer::sse: return "text/event-stream";
    case Answer::text: return "text/plain";
    case Answer::empty: return "";
  }
  return "";
}

// "/v1/models/*model" -> "/v1/models/{model}", and the names in it.
std::string template_path(std::string_view path, json::array& parameters) {
  std::string result;
  for (auto part : split(path.substr(1), '/')) {
    if (part.starts_with(':') || part.starts_with('*')) {
      part.erase(0, 1);
      parameters.push_back({{"name", part}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
      part = "{" + part + "}";
    }
    result += "/" + part;
  }
  return result;
}

// What belongs to a person asks for their session; the rest takes keys too.
json::array security_of(Scope scope) {
  json::array ways{json::object{{"session", json::array()}}};
  if (scope != Scope::account) ways.insert(ways.begin(), json::object{{"key", json::array()}});
  return ways;
}

json::object security_schemes() {
  return {{"key", {{"type", "http"}, {"scheme", "bearer"}, {"description", "an API key, sk-…; its scopes must hold the route's x-scope"}}},
          {"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "fragua_session"}, {"description", "set by signing in"}}}};
}

json::object operation(const Route& route, json::array parameters) {
  json::object result{{"summary", route.summary}, {"tags", json::array{name_of(route.dialect)}}, {"x-scope", accounts::name_of(route.scope)}};
  if (route.scope != Scope::open) result["security"] = security_of(route.scope);
  if (!parameters.empty()) result["parameters"] = std::move(parameters);
  if (route.body_schema)
    result["requestBody"] = {{"required", true}, {"content", {{"application/json", {{"schema", route.body_schema()}}}}}};
  json::object ok{{"description", "OK"}};
  if (const auto type = content_type_of(route.answer); !type.empty()) ok["content"] = json::object{{type, json::object{}}};
  result["responses"] = {{"200", std::move(ok)}, {"default", {{"description", "error"}}}};
  return result;
}

}  // namespace

json::object openapi() {
  json::object paths;
  for (const auto& route : all_routes()) {
    json::array parameters;
    const auto path = template_path(route.path, parameters);
    auto& item = paths[path];
    if (!item.is_object()) item.emplace_object();
    item.get_object()[lowercase(http::name_of(route.method))] = operation(route, std::move(parameters));
  }
  return {{"openapi", "3.1.0"},
          {"info", {{"title", "Fragua"}, {"version", FRAGUA_VERSION}}},
          {"components", {{"securitySchemes", security_schemes()}}},
          {"paths", std::move(paths)}};
}

}  // namespace fragua::api
