// Lines of words with their places on a page, as pdftotext and tesseract find them: what layout/ makes blocks of. Callers: pdf/, ocr/, layout/.
// Threads: any; plain values. The unit is whatever the page's size is in; y grows downwards.
#pragma once
#include <string>
#include <vector>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

struct PlacedWord {
  std::string text;
  Box box;
};

struct TextLine {
  std::vector<PlacedWord> words;
  Box box;
  double size = 0;  // the height of most of its words: stands for the size of the type
  int group = 0;    // lines of one block of the tool have the same
};

struct PageLines {
  double width = 0;
  double height = 0;
  std::vector<TextLine> lines;
  bool measured_roughly = false;  // by OCR: the heights of lines of the same type differ
};

Box united(const Box& a, const Box& b);
std::string line_text(const TextLine& line);
// Fills in box and size from the words.
void measure(TextLine& line);
Box in_fractions(const Box& box, const PageLines& page);
double middle(const Box& box);  // of its height

}  // namespace fragua::documents::extractors
