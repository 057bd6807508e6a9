// Router: method and path pattern to an index. Patterns: "/api/tags", "/api/blobs/:digest", "/v1/models/*model" (rest
// of the path). Callers: api/. Threads: any after construction; find is const. A known path with another method is told
// apart from an unknown path (405 with Allow). Where several patterns match, the leftmost fixed segment wins over
// ":name", and that over "*rest".
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace fragua::http {

struct RouteMatch {
  std::optional<std::size_t> index;  // which route; nothing if none
  std::vector<Method> allowed;       // methods the path knows when the method was wrong
  std::map<std::string, std::string> parameters;
};

class Router {
 public:
  // Error via CHECK on two equal patterns for one method: that is our bug. HEAD is served by GET routes unless added
  // itself.
  void add(Method method, std::string_view pattern, std::size_t index);
  RouteMatch find(Method method, std::string_view path) const;

 private:
  struct Entry {
    Method method;
    std::vector<std::string> segments;
    std::size_t index;
  };
  static bool matches(const Entry& entry, std::string_view path);
  std::vector<Entry> entries_;  // the more specific first
};

}  // namespace fragua::http
