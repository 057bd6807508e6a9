// RecordingOutput: what an extractor told, as one text a block: "h1 Title", "p text", "l items", "t table", "c code", each with its page.
#pragma once
#include <string>
#include <vector>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors::tests {

class RecordingOutput : public Output {
 public:
  void document(const DocumentInfo& told) override { info = told; }
  void page(const Page& page) override { pages.push_back(page); }
  void block(const Block& block) override {
    static constexpr const char* kMarks[] = {"h", "p", "l", "t", "c"};
    texts.push_back(kMarks[int(block.kind)] + (block.level > 0 ? std::to_string(block.level) : "") + " " + block.text);
    blocks.push_back(block);
  }
  void file(const PackedFile& file) override { files.push_back(file); }
  DocumentInfo info;
  std::vector<Page> pages;
  std::vector<Block> blocks;
  std::vector<std::string> texts;
  std::vector<PackedFile> files;
};

using Texts = std::vector<std::string>;

}  // namespace fragua::documents::extractors::tests
