// Intake: one document's way into the index: extraction, chunks, vectors, all written in slices that nobody sees until the last write.
// Callers: ingestion. Threads: the loop's only. Throws what the house itself failed at (no embedding model, disk full); what is wrong with the
// document is the ExtractionFailure that run() returns.
#pragma once
#include <functional>

#include "documents/chunker.h"
#include "documents/ingestion.h"

namespace fragua::documents {

// pages, pages_done; false: nobody wants it any more.
using OnProgress = std::function<bool(std::int64_t pages, std::int64_t pages_done)>;

class Intake {
 public:
  Intake(IngestionParts& parts, Document document, Collection collection, OnProgress on_progress);
  Task<std::optional<ExtractionFailure>> run(std::string password);

 private:
  Task<> take(DocumentFacts facts);
  Task<> take(Page page);
  Task<> take(Block block);
  // Nothing: it is a document of its own now, or its content is one already.
  Task<std::optional<ExtractionFailure>> take(PackedFile file);
  Task<> take_chunks(std::vector<Chunk> chunks);
  Task<> keep_opened(fs::path path);
  Task<> write_pages();
  Task<> write_chunks();
  Task<> embed(std::vector<NewChunk>& chunks);
  Task<> finish();
  void check_wanted();

  IngestionParts& parts_;
  Document document_;
  Collection collection_;
  OnProgress on_progress_;
  Chunker chunker_;
  std::vector<Page> pages_;               // not written yet
  std::vector<Chunk> chunks_;             // not written yet
  std::int64_t pages_done_ = 0;
  std::int64_t files_ = 0;                // of an archive
};

}  // namespace fragua::documents
