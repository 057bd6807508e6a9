// Route: one row of the one table that the guard, the limits, the metrics, the OpenAPI document and the clients read.
// Callers: api/<dialect>/routes.cpp fill it; api/guard serves it. A route without a scope does not compile.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/scope.h"
#include "base/body.h"
#include "http/message.h"
#include "runtime/task.h"

namespace fragua::api {

struct Call;

using accounts::Scope;

// How errors look.
enum class Dialect { ollama, openai, anthropic, native };

// What an answer is, for the documentation.
enum class Answer { json, ndjson, sse, text, empty };

using Handler = Task<> (*)(Call&);

struct Route {
  http::Method method;
  std::string_view path;          // "/v1/models/*model"
  Scope scope;
  Dialect dialect;
  std::uint64_t body_max_bytes;   // 0: takes no body
  Handler handler;
  json::object (*body_schema)();  // null: no JSON body
  Answer answer;
  std::string_view summary;
};

template <Described T>
json::object schema_of() {
  return BodySchema::of<T>();
}

constexpr std::uint64_t kSmallBody = 1 << 20;
constexpr std::uint64_t kChatBody = 64 << 20;       // images in messages
constexpr std::uint64_t kBlobBody = 1ull << 40;

using Routes = std::vector<Route>;

}  // namespace fragua::api
