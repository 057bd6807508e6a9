#include "documents/extractors/office/zip_archive.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kPieceBytes = 256 << 10;

struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

[[noreturn]] void bomb() { throw Failure(FailureCode::too_large, "unpacked, the document is too large: it may be a zip bomb"); }
[[noreturn]] void damaged() { throw Failure(FailureCode::damaged, "the document is damaged: a part of it cannot be unpacked"); }

}  // namespace

ZipArchive::ZipArchive(const fs::path& file, ZipLimits limits) : limits_(limits) {
  int code = 0;
  archive_.reset(zip_open(file.c_str(), ZIP_RDONLY, &code));
  if (!archive_) throw Failure(FailureCode::damaged, "the document is damaged: its list of parts cannot be read");
  if (zip_get_num_entries(archive_.get(), 0) > limits_.members) throw Failure(FailureCode::too_large, "the document has too many parts");
}

bool ZipArchive::has(const std::string& name) const { return zip_name_locate(archive_.get(), name.c_str(), 0) >= 0; }

std::vector<std::string> ZipArchive::names() const {
  std::vector<std::string> names;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive_.get(), 0); ++i)
    if (const auto* name = zip_get_name(archive_.get(), zip_uint64_t(i), 0)) names.emplace_back(name);
  return names;
}

void ZipArchive::check(const zip_stat_t& entry) const {
  if (entry.size > limits_.member_bytes) bomb();
  if (entry.size > limits_.ratio_matters_from && entry.size / limits_.ratio > entry.comp_size) bomb();
}

void ZipArchive::use_password(const std::string& password) {
  has_password_ = !password.empty() && zip_set_default_password(archive_.get(), password.c_str()) == 0;
}

std::string ZipArchive::read(const std::string& name) {
  zip_stat_t facts;
  zip_stat_init(&facts);
  if (zip_stat(archive_.get(), name.c_str(), 0, &facts) != 0) damaged();
  const bool is_protected = facts.encryption_method != ZIP_EM_NONE;
  if (is_protected && !has_password_) throw Failure(FailureCode::password_needed, "the document is protected by a password");
  check(facts);
  const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen_index(archive_.get(), facts.index, 0));
  if (!entry && is_protected) throw Failure(FailureCode::wrong_password, "the password does not open the document");
  if (!entry) damaged();
  std::string bytes;
  bytes.reserve(std::min<std::uint64_t>(facts.size, 16 << 20));
  std::string piece(kPieceBytes, '\0');
  while (true) {
    const auto count = zip_fread(entry.get(), piece.data(), piece.size());
    if (count < 0) damaged();
    if (count == 0) return bytes;
    // What the list of parts says need not be true.
    total_ += std::uint64_t(count);
    if (bytes.size() + std::size_t(count) > limits_.member_bytes || total_ > limits_.total_bytes) bomb();
    bytes.append(piece, 0, std::size_t(count));
  }
}

std::string ZipArchive::read_if_there(const std::string& name) { return has(name) ? read(name) : ""; }

}  // namespace fragua::documents::extractors
