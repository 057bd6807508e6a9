// Call: one request on its way through a handler: the exchange, the services, and what the log line will say of it.
// Callers: handlers. Threads: the loop's only. HTTP types stop here: services take and return their own structs.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "accounts/user.h"
#include "api/route.h"
#include "backup/backup.h"
#include "base/body.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/server.h"
#include "inference/service.h"

namespace fragua {
class WorkerPool;
class Gpus;
struct MachineSample;
namespace accounts {
class Accounts;
class Administration;
}  // namespace accounts
namespace db {
class Store;
}
namespace models {
class ModelStore;
class HeaderCache;
class Creator;
class Registry;
}  // namespace models
namespace conversations {
class Service;
}
namespace documents {
class Service;
class Asking;
}  // namespace documents
namespace catalogue {
class Catalogues;
class Questions;
class ImportService;
namespace assistant {
class Assistant;
}
}  // namespace catalogue
}  // namespace fragua

namespace fragua::api {

namespace native {
class DashboardHistory;
}
class Metrics;
class Activity;
class Admission;

// The files of the web app, by path ("/assets/index-x.js"), gzipped as they are sent. Threads: any.
struct Asset {
  std::string_view bytes;
  std::string_view content_type;
};
using Assets = std::function<std::optional<Asset>(std::string_view path)>;

// What app/ composes and handlers use.
struct Services {
  inference::Service& inference;
  models::ModelStore& store;
  models::HeaderCache& headers;
  models::Creator& creator;
  models::Registry& registry;
  WorkerPool& pool;
  conversations::Service& conversations;
  documents::Service& documents;
  documents::Asking& asking;
  catalogue::Catalogues& catalogues;
  catalogue::Questions& questions;
  catalogue::ImportService& imports;
  catalogue::assistant::Assistant& assistant;
  accounts::Accounts& accounts;
  accounts::Administration& administration;
  Admission& admission;
  db::Store& database;
  Metrics& metrics;
  Activity& activity;
  MachineSample& machine;                     // of the dashboard's last look
  Gpus& gpus;
  native::DashboardHistory& dashboard_history;
  const Clock& clock;
  Log& log;
  std::function<std::uint64_t()> random;
  std::vector<std::string> allowed_origins;   // of browsers, besides our own and loopback pages
  std::vector<std::string> hosts;             // names, besides loopback ones, that a proxy on this machine may call us by
  std::uint64_t catalogue_source_max_bytes;   // of what is imported
  backup::Places places;                      // of what a backup holds
  std::function<json::array()> settings;      // key, value, origin, about
  Assets assets;
  bool draining = false;                      // new work is refused
};

struct Call {
  http::Exchange& exchange;
  Services& services;
  const Route& route;
  std::string request_id;
  http::Headers headers;                      // of every answer: request id, CORS
  accounts::Client client{};                  // from where
  accounts::Identity identity{};              // who
  std::string user{};                         // sharing scope: the identity's user id; empty for anonymous callers
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
  // A number of the query string; `fallback` if it is not there. Error(invalid_argument).
  std::int64_t query_integer(const std::string& name, std::int64_t fallback);
  std::string query_text(const std::string& name);
  // The JSON body. Error(invalid_argument): empty ("missing request body") or not JSON; Error(too_large).
  Task<json::value> body();
  template <Described T>
  Task<T> body_as(Unknown unknown) { co_return read_body<T>(co_await body(), unknown); }

  Task<> reply(json::value value, int code = 200);
  Task<> reply_empty(int code = 200);
  // For the audit log.
  accounts::Actor actor() const { return {identity.user_id, identity.user_name, client.address}; }
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
