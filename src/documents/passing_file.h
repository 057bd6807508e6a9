// PassingFile: a file whose text is wanted at once, for a question that it goes with; nothing of it is kept. Callers: api/native.
// Threads: the loop's; files and the reading child work elsewhere. Goes without a trace with its object.
#pragma once
#include "documents/extraction.h"
#include "documents/file_store.h"
#include "runtime/pool.h"

namespace fragua::documents {

constexpr std::uint64_t kPassingFileMaxBytes = 64ull << 20;
constexpr std::size_t kPassingTextMaxBytes = 1'000'000;
constexpr int kPassingMax = 4;            // read at once

struct FileText {
  std::string format;
  std::int64_t pages = 0;
  std::string text;                       // blocks with an empty line between them; headings and tables as Markdown
  bool is_cut = false;                    // there was more than kPassingTextMaxBytes
};

struct PassingParts {
  WorkerPool& pool;
  Extractor& extractor;
  FileStore& files;
  int& reading;                           // how many are read now
};

class PassingFile {
 public:
  PassingFile(PassingParts parts, std::string id, std::string name);
  ~PassingFile();
  // Error(too_large), Error(storage_full).
  Task<> write(std::string bytes);
  // Once, after the last byte. Error(invalid_argument): why nothing can be read of it. Error(overloaded): too many are read at once.
  Task<FileText> read();

 private:
  PassingParts parts_;
  std::string id_;
  std::string name_;
  std::unique_ptr<IncomingFile> file_;
};

}  // namespace fragua::documents
