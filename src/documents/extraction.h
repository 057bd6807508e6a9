// Extraction: what a file says, piece by piece: facts, then pages and blocks in reading order, or the files of an archive. Extractor: who reads files (a child process,
// or a fake in tests). Callers: ingestion, page_images. Threads: the loop's only. Dropping an Extraction ends the reading.
// The file's content is a stranger's: nothing of it is run or fetched.
#pragma once
#include <filesystem>
#include <memory>
#include <variant>

#include "documents/document.h"
#include "runtime/task.h"

namespace fragua::documents {

// In the scratch folder once a password has opened a protected document: a copy that needs none.
inline constexpr char kOpenedFile[] = "opened";
// In the scratch folder once a page of an office document was drawn: all of its pages.
inline constexpr char kDrawnFile[] = "document.pdf";

struct ExtractionRequest {
  std::filesystem::path path;
  std::string name;                       // tells apart what content alone cannot
  std::string password;
  std::filesystem::path scratch;          // an empty folder of its own
};

struct DocumentFacts {
  std::string format;
  std::string media_type;
  std::string title;
  std::string language;                   // "": not sure
  std::int64_t pages = 0;
};

// Why nothing, or nothing more, can be read.
struct ExtractionFailure {
  std::string code;
  std::string message;
};

// A file that lay in an archive, unpacked in the scratch folder. Who reads it takes its bytes for a stranger's, and no link for a file.
struct PackedFile {
  std::filesystem::path path;
  std::string name;                       // with its folders, as the archive has it
};

using ExtractionEvent = std::variant<DocumentFacts, Page, Block, PackedFile, ExtractionFailure>;

class Extraction {
 public:
  virtual ~Extraction() = default;
  // Nothing at the end; a failure is the last.
  virtual Task<std::optional<ExtractionEvent>> next() = 0;
};

class Extractor {
 public:
  virtual ~Extractor() = default;
  virtual std::unique_ptr<Extraction> start(ExtractionRequest request) = 0;
  // A page as PNG, so many pixels wide. Error(unsupported): the format has no pages, or it cannot be drawn.
  virtual Task<std::string> draw(ExtractionRequest request, std::int64_t page, int width) = 0;
};

}  // namespace fragua::documents
