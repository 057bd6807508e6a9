// ScannedPages: the text of pages that are pictures: drawn by poppler and read by OCR, some at a time and ahead of who asks.
// Callers: pdf/pdf. Threads: one; blocks. A blank page costs next to nothing.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "documents/extractors/ocr/recognizer.h"
#include "documents/extractors/pdf/pdf_tools.h"

namespace fragua::documents::extractors {

class ScannedPages {
 public:
  ScannedPages(const Tools& tools, const PdfTools& pdf, const std::string& languages) : tools_(tools), pdf_(pdf), recognizer_(tools, languages) {}
  struct Wanted {
    int page = 0;
    double width = 0, height = 0;  // points
  };
  // wanted: this page first, then those that will be asked for next. Nothing: the page is blank.
  std::optional<RecognizedPage> read(const std::vector<Wanted>& wanted);

 private:
  bool is_blank(const std::vector<Wanted>& wanted);
  void recognize(const std::vector<Wanted>& wanted);
  const Tools& tools_;
  const PdfTools& pdf_;
  Recognizer recognizer_;
  std::map<int, bool> blank_;
  std::map<int, RecognizedPage> ready_;
};

}  // namespace fragua::documents::extractors
