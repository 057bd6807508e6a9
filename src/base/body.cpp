#include "base/body.h"

#include <algorithm>

namespace fragua::body {

void fail(const std::string& path, std::string_view expected) {
  throw Error(ErrorCode::invalid_argument,
              (path.empty() ? "the body" : "\"" + path + "\"") + " must be " + std::string(expected));
}

void refuse_unknown(const json::object& object, const std::vector<std::string_view>& known, const std::string& path) {
  for (const auto& [key, value] : object) {
    std::string_view name(key.data(), key.size());
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw Error(ErrorCode::invalid_argument,
                "unknown field \"" + (path.empty() ? "" : path + ".") + std::string(name) + "\"");
  }
}

}  // namespace fragua::body
