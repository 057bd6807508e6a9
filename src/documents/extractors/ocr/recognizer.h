// Recognizer: the words of a picture, found by tesseract: in any of the four directions, with their places and how sure it is.
// Callers: ocr/image, pdf/pdf. Threads: one; blocks. Failure(tool_missing): tesseract or a language is not installed.
#pragma once
#include <string>
#include <vector>

#include "documents/extractors/layout/lines.h"
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

struct RecognizedPage {
  PageLines lines;         // as if the page stood upright
  double width = 0;        // of the picture as it is
  double height = 0;
  int rotation = 0;        // degrees clockwise by which the text is turned on the picture
  double confidence = 0;   // 0..1
  std::size_t words() const;
  // From the upright page to fractions of the picture.
  Box back(const Box& box) const;
};

class Recognizer {
 public:
  Recognizer(const Tools& tools, std::string languages);
  // Pictures side by side; each may hold several pages. dpi: 0 where it is not known.
  std::vector<std::vector<RecognizedPage>> read(const std::vector<fs::path>& pictures, int dpi) const;

 private:
  const Tools& tools_;
  std::string languages_;
};

// What tesseract writes as tsv.
std::vector<RecognizedPage> parse_tsv(std::string_view tsv);

}  // namespace fragua::documents::extractors
