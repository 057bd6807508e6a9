// Chunker: a document's blocks as pieces that fit an embedding model and a prompt: whole paragraphs, lists and tables where they fit, else
// cut between sentences or rows, each with the path of headings above it. Callers: ingestion. Threads: the caller's.
// A chunk begins with the last sentences of the one before it in the same section (the overlap), so that nothing is cut off from what it
// refers to. Sizes are in characters. Holds one chunk at a time, however long the document is.
#pragma once
#include <string_view>

#include "documents/document.h"

namespace fragua::documents {

struct ChunkSizes {
  std::int64_t target = kChunkCharacters;
  std::int64_t overlap = kChunkOverlap;
};

// The headings above a place of a document: "Manual › Installation".
class HeadingPath {
 public:
  void enter(int level, std::string_view text);
  std::string text() const;

 private:
  std::vector<int> levels_;
  std::vector<std::string> texts_;
};

class Chunker {
 public:
  explicit Chunker(ChunkSizes sizes) : sizes_(sizes) {}
  void take(const Block& block);
  // What follows is a page of its own, a sheet or a slide: nothing of it joins what came before, and its position does not follow either.
  void begin_apart();
  // Those that are complete. Positions count from 0; those of neighbours follow each other.
  std::vector<Chunk> take_ready();
  // The last ones: the document is over.
  std::vector<Chunk> finish();

 private:
  void take_heading(const Block& block);
  void take_long(const Block& block);
  void take_table(const Block& block, std::int64_t length);
  void add_row(std::string_view row, const std::string& header, std::int64_t page);
  void add(std::string_view text, std::int64_t page, std::string_view separator);
  void begin(std::int64_t page, std::int64_t length);
  void flush();
  void keep_tail(const Chunk& chunk);

  ChunkSizes sizes_;
  HeadingPath path_;
  std::vector<Chunk> ready_;
  std::int64_t count_ = 0;
  Chunk open_;                            // the one that is being filled
  std::int64_t length_ = 0;               // of what is new in it
  std::string tail_;                      // of the one before
  std::string tail_heading_;
  std::int64_t tail_page_ = 0;
};

// What is indexed of a chunk: the document's title and the headings stand before the text.
std::string indexed_text(const std::string& title, const Chunk& chunk);

// Sentences of a text, with the spaces that follow them.
std::vector<std::string_view> sentences_of(std::string_view text);

}  // namespace fragua::documents
