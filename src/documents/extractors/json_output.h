// JsonOutput: what an extractor tells, as lines of JSON on a descriptor (the protocol of `fragua extract`). Callers: host.cpp.
// Threads: one; blocks while the reader is slow. It holds the first lines back until it has seen enough text to tell the language.
// No line is longer than kLineMaxBytes; more text than the request allows is a Failure(too_large).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

constexpr std::size_t kLineMaxBytes = 8 << 20;

class JsonOutput : public Output {
 public:
  JsonOutput(int descriptor, std::uint64_t text_max_bytes) : descriptor_(descriptor), text_left_(text_max_bytes) {}
  void document(const DocumentInfo& info) override;
  void page(const Page& page) override;
  void block(const Block& block) override;
  void file(const PackedFile& file) override;
  // Writes what is held back, and the end. Failure(empty): not one block had text, and there was no file.
  void finish();
  void failure(const Failure& failure);  // ends the conversation
  void image(const std::string& bytes);  // ends it, too

 private:
  void line(std::string text);
  void release();
  void write(std::string_view bytes);
  void block_piece(const Block& block, std::string_view text);

  int descriptor_;
  std::uint64_t text_left_;
  DocumentInfo info_;
  bool holding_ = true;
  bool has_text_ = false;
  std::string held_;
  std::string sample_;
};

}  // namespace fragua::documents::extractors
