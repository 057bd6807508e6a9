#include "documents/extractors/archive/archive.h"

#include <fstream>

#include "documents/extractors/office/zip_archive.h"

namespace fragua::documents::extractors {

namespace {

bool is_wanted(const std::string& name) {
  if (name.empty() || name.ends_with('/') || name.starts_with("__MACOSX/")) return false;
  const auto slash = name.find_last_of("/\\");
  const auto file = slash == std::string::npos ? name : name.substr(slash + 1);
  return !file.empty() && !file.starts_with('.') && file != "Thumbs.db" && file != "desktop.ini";
}

// Where the server looks for it (documents/child_extractor).
void write_file(const fs::path& scratch, int number, const std::string& bytes) {
  std::ofstream file(scratch / ("file-" + std::to_string(number)), std::ios::binary);
  file.write(bytes.data(), std::streamsize(bytes.size()));
  if (!file.flush()) throw Failure(FailureCode::too_large, "there is no room to unpack the archive");
}

}  // namespace

void ArchiveExtractor::extract(const Request& request, Output& output) {
  ZipLimits limits;
  limits.members = 10 * kPackedFilesMax;   // with folders and what is left out
  limits.total_bytes = kPackedTotalMaxBytes;
  ZipArchive archive(request.file, limits);
  archive.use_password(request.password);
  output.document({"zip", "application/zip", "", 0});
  int number = 0;
  for (const auto& name : archive.names()) {
    if (!is_wanted(name)) continue;
    if (number == kPackedFilesMax) throw Failure(FailureCode::too_large, "an archive may have at most 2,000 files");
    const auto bytes = archive.read(name);
    if (bytes.empty()) continue;
    write_file(request.scratch, ++number, bytes);
    output.file({number, name});
  }
  if (number == 0) throw Failure(FailureCode::empty, "the archive has no files");
}

}  // namespace fragua::documents::extractors
