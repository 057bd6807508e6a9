// Call: one request on its way through a handler: the exchange, the services, and what the log line will say of it.
// Callers: handlers. Threads: the loop's only. HTTP types stop here: services take and return their own structs.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "api/route.h"
#include "base/body.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/server.h"
#include "inference/service.h"

namespace fragua {
class WorkerPool;
namespace models {
class ModelStore;
class HeaderCache;
class Creator;
class Registry;
}  // namespace models
namespace conversations {
class Service;
}
}  // namespace fragua

namespace fragua::api {

class Metrics;

// What app/ composes and handlers use.
struct Services {
  inference::Service& inference;
  models::ModelStore& store;
  models::HeaderCache& headers;
  models::Creator& creator;
  models::Registry& registry;
  WorkerPool& pool;
  conversations::Service& conversations;
  Metrics& metrics;
  const Clock& clock;
  Log& log;
  std::function<std::uint64_t()> random;
  std::vector<std::string> allowed_origins;   // of browsers, besides our own and loopback pages
};

struct Call {
  http::Exchange& exchange;
  Services& services;
  const Route& route;
  std::string request_id;
  http::Headers headers;                      // of every answer: request id, CORS
  std::string user{};                         // sharing scope; empty until accounts exist
  SteadyTime started{};
  // For the log line and the metrics.
  std::string model{};
  std::uint64_t prompt_tokens = 0;
  std::uint64_t cached_tokens = 0;
  std::uint64_t answer_tokens = 0;
  std::uint64_t first_token_ns = 0;
  std::uint64_t load_ns = 0;
  int status = 0;

  http::Request& request() { return exchange.request(); }
  // A part of the path that the route names.
  const std::string& parameter(const std::string& name) { return request().parameters[name]; }
  // The JSON body. Error(invalid_argument): empty ("missing request body") or not JSON; Error(too_large).
  Task<json::value> body();
  template <Described T>
  Task<T> body_as(Unknown unknown) { co_return read_body<T>(co_await body(), unknown); }

  Task<> reply(json::value value, int code = 200);
  Task<> reply_empty(int code = 200);
  Task<> begin(std::string content_type);
  // One line of NDJSON; begins the answer if need be.
  Task<> line(json::value value);
  // One event of SSE ("data: …"), with its type where the dialect names one.
  Task<> event(std::string data, std::string type = "");
  Task<> end();
  void count(const engine::Done& done);
  void note_first_token();
};

// How this dialect says an error.
struct ErrorAnswer {
  int status;
  json::value body;
};
ErrorAnswer describe_error(Dialect dialect, const Error& error);
int status_of(ErrorCode code);

}  // namespace fragua::api
