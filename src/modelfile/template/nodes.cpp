#include "modelfile/template/nodes.h"

#include <algorithm>

#include "base/error.h"

namespace fragua::modelfile {

void fail_at(std::string_view source, std::size_t offset, const std::string& message) {
  const std::string_view before = source.substr(0, std::min(offset, source.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  throw Error(ErrorCode::invalid_argument, "template " + std::to_string(line) + ":" +
                                               std::to_string(1 + before.size() - line_start) + ": " + message);
}

}  // namespace fragua::modelfile
