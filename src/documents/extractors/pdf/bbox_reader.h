// BboxReader: pages of lines from what `pdftotext -bbox-layout` prints, as it comes. Callers: pdf/pdf. Threads: one.
// Failure(too_large): a page with more text than any page has.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "documents/extractors/layout/lines.h"

namespace fragua::documents::extractors {

class BboxReader {
 public:
  explicit BboxReader(std::function<void(PageLines)> on_page) : on_page_(std::move(on_page)) {}
  void feed(std::string_view bytes);

 private:
  std::function<void(PageLines)> on_page_;
  std::string pending_;
  std::size_t searched_ = 0;
};

}  // namespace fragua::documents::extractors
