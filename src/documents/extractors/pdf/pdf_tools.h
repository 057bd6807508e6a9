// The programs of poppler that read a PDF for us: its facts, its text with places, pictures of its pages. Callers: pdf/pdf, draw.
// Threads: one; blocks. Failure: password_needed (pdf/opened takes one), damaged, too_large (too slow), tool_missing.
#pragma once
#include <string>
#include <vector>

#include "documents/extractors/layout/lines.h"
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

struct PdfFacts {
  std::string title;
  int pages = 0;
  std::vector<bool> turned;  // by page: lies on its side
};

class PdfTools {
 public:
  PdfTools(const Tools& tools, fs::path file) : tools_(tools), file_(std::move(file)) {}
  PdfFacts facts() const;
  // Pages first..last, fewer where the file ends early.
  std::vector<PageLines> text(int first, int last) const;
  struct Picture {
    fs::path file;
    int page = 0;
  };
  // Grey pictures (PGM) in the scratch folder, of those pages that could be drawn.
  std::vector<Picture> pictures(int first, int last, double dpi) const;
  // A coloured one (PNG), `width` pixels wide.
  fs::path drawing(int page, int width) const;

 private:
  ToolCall call(const std::string& program, std::vector<std::string> options) const;
  const Tools& tools_;
  fs::path file_;
};

}  // namespace fragua::documents::extractors
