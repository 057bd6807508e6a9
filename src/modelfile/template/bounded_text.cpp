#include "modelfile/template/bounded_text.h"

#include "base/error.h"

namespace fragua::modelfile {

void BoundedText::append(std::string_view text) {
  if (text.size() > max_bytes_ - text_.size()) throw Error(ErrorCode::too_large, "the template produces too much text");
  text_ += text;
}

}  // namespace fragua::modelfile
