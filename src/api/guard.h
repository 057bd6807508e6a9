// Guard: what every request passes: the route table, Host and Origin, draining, limits, errors in the route's dialect, one log line,
// metrics. Callers: app/ hands Guard::handle to http::Server. Threads: the loop's only.
// The one place above the services that catches.
#pragma once
#include <memory>
#include <string>

#include "api/call.h"
#include "http/router.h"

namespace fragua::api {

class Guard {
 public:
  Guard(Routes routes, Services services);

  Task<> handle(http::Exchange& exchange);
  // New work is refused (503) from now on; what runs goes on.
  void drain() { services_.draining = true; }
  const Routes& routes() const { return routes_; }

 private:
  Task<> answer(Call& call);
  Task<> charge(Call& call);
  Task<> refuse(Call& call, Error error);
  Task<> answer_unrouted(http::Exchange& exchange, http::RouteMatch match);
  bool is_our_host(const http::Request& request) const;
  void check_host(const http::Request& request) const;
  void check_origin(const http::Request& request) const;
  http::Headers cors_headers(const http::Request& request) const;
  void log(Call& call, std::string_view error);

  Routes routes_;
  Services services_;
  http::Router router_;
};

// All dialects' routes.
Routes all_routes();

}  // namespace fragua::api
