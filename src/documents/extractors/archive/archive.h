// ArchiveExtractor: the files of a zip archive, each written to the scratch folder under a number and told; each becomes a document of its own.
// Callers: registry. Threads: the caller's; blocks. Failure(too_large): more files, or more bytes, than an archive may have.
// A member's name is never part of a path. Folders, hidden files and what operating systems leave there are left out.
#pragma once
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

constexpr std::int64_t kPackedFilesMax = 2000;
constexpr std::uint64_t kPackedTotalMaxBytes = 1ull << 30;

class ArchiveExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

}  // namespace fragua::documents::extractors
