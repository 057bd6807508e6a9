#include "documents/answer_writer.h"

namespace fragua::documents {

void AnswerControl::cancel() {
  cancelled_ = true;
  if (on_cancel_) on_cancel_();
}

void AnswerControl::set(std::function<void()> on_cancel) {
  on_cancel_ = std::move(on_cancel);
  if (cancelled_ && on_cancel_) on_cancel_();
}

}  // namespace fragua::documents
