// ChildExtractor: reads files in a `fragua extract` child, one for each file, under limits on memory, processor time and silence.
// Callers: app/ (makes it). Threads: the loop's only. A child that dies, hangs or breaks the protocol is an ExtractionFailure.
#pragma once
#include "documents/extraction.h"
#include "runtime/child.h"

namespace fragua::documents {

struct ChildExtractorOptions {
  std::vector<std::string> argv;                     // the program and its sub-command
  std::string languages = "spa+eng";                 // of the OCR
  std::int64_t pages_max = 10'000;
  std::uint64_t text_max_bytes = 64 << 20;
  std::chrono::seconds silence_max{120};             // between two lines
  std::chrono::seconds draw_max{30};
};

class ChildExtractor final : public Extractor {
 public:
  ChildExtractor(asio::any_io_executor executor, ChildExtractorOptions options) : executor_(executor), options_(std::move(options)) {}
  std::unique_ptr<Extraction> start(ExtractionRequest request) override;
  Task<std::string> draw(ExtractionRequest request, std::int64_t page, int width) override;

 private:
  asio::any_io_executor executor_;
  ChildExtractorOptions options_;
};

}  // namespace fragua::documents
