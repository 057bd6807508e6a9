// RouteGroup: routes of one scope and dialect, a line each. Callers: api/<dialect>/*_routes.cpp. Threads: before the first request.
// Never changes a route that is there already.
#pragma once
#include "api/route.h"

namespace fragua::api {

class RouteGroup {
 public:
  struct What {
    http::Method method;
    std::string_view path;
    Handler handler;
    Answer answer;
    std::string_view summary;
  };

  RouteGroup(Routes& routes, Scope scope, Dialect dialect) : routes_(routes), scope_(scope), dialect_(dialect) {}
  // Without a limit it takes no body.
  void add(const What& what, std::uint64_t body_max_bytes = 0, json::object (*schema)() = nullptr) {
    routes_.push_back({what.method, what.path, scope_, dialect_, body_max_bytes, what.handler, schema, what.answer, what.summary});
  }

 private:
  Routes& routes_;
  Scope scope_;
  Dialect dialect_;
};

}  // namespace fragua::api
