#include "backup/zip_file.h"

#include <fstream>

#include "base/error.h"

namespace fragua::backup {

namespace {

constexpr std::size_t kPieceBytes = 256 << 10;
constexpr zip_int64_t kEntriesMax = 100'000;

[[noreturn]] void fail_opening(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  const bool exists = code == ZIP_ER_EXISTS;
  throw Error(exists ? ErrorCode::conflict : ErrorCode::invalid_argument, exists ? "the file exists already" : "this is not a zip file: " + text);
}

ErrorCode code_of(zip_t* archive) {
  const auto* error = zip_get_error(archive);
  return zip_error_code_zip(const_cast<zip_error_t*>(error)) == ZIP_ER_WRITE ? ErrorCode::storage_full : ErrorCode::unavailable;
}

[[noreturn]] void fail(zip_t* archive, const std::string& what) { throw Error(code_of(archive), what + ": " + zip_strerror(archive)); }

struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

}  // namespace

ZipWriter::ZipWriter(const std::filesystem::path& file) {
  int code = 0;
  archive_.reset(zip_open(file.c_str(), ZIP_CREATE | ZIP_EXCL, &code));
  if (!archive_) fail_opening(code);
}

void ZipWriter::add(const std::string& name, zip_source_t* source) {
  if (!source) fail(archive_.get(), "cannot add " + name);
  if (zip_file_add(archive_.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0) return;
  zip_source_free(source);
  fail(archive_.get(), "cannot add " + name);
}

void ZipWriter::add_text(const std::string& name, std::string text) {
  texts_.push_back(std::make_unique<std::string>(std::move(text)));
  add(name, zip_source_buffer(archive_.get(), texts_.back()->data(), texts_.back()->size(), 0));
}

void ZipWriter::add_file(const std::string& name, const std::filesystem::path& file) {
  add(name, zip_source_file(archive_.get(), file.c_str(), 0, -1));
}

void ZipWriter::close() {
  if (zip_close(archive_.get()) != 0) fail(archive_.get(), "the file cannot be written");
  archive_.release();  // closing freed it
}

ZipReader::ZipReader(const std::filesystem::path& file) {
  int code = 0;
  archive_.reset(zip_open(file.c_str(), ZIP_RDONLY, &code));
  if (!archive_) fail_opening(code);
  check_entries();
}

ZipReader::ZipReader(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source) archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  const int code = zip_error_code_zip(&error);
  zip_error_fini(&error);
  if (!archive_) {
    if (source) zip_source_free(source);
    fail_opening(code);
  }
  check_entries();
}

void ZipReader::check_entries() const {
  if (zip_get_num_entries(archive_.get(), 0) > kEntriesMax) throw Error(ErrorCode::invalid_argument, "the zip file holds too many files");
}

std::vector<std::string> ZipReader::names() const {
  std::vector<std::string> names;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive_.get(), 0); ++i)
    if (const auto* name = zip_get_name(archive_.get(), zip_uint64_t(i), 0)) names.emplace_back(name);
  return names;
}

bool ZipReader::has(const std::string& name) const { return zip_name_locate(archive_.get(), name.c_str(), 0) >= 0; }

void ZipReader::each_piece(const std::string& name, std::uint64_t max_bytes, const Sink& sink) const {
  const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen(archive_.get(), name.c_str(), 0));
  if (!entry) throw Error(ErrorCode::invalid_argument, "the zip file does not hold " + name);
  std::string piece(kPieceBytes, '\0');
  std::uint64_t total = 0;
  while (true) {
    const auto got = zip_fread(entry.get(), piece.data(), piece.size());
    if (got < 0) throw Error(ErrorCode::invalid_argument, name + " in the zip file is damaged");
    if (got == 0) return;
    total += std::uint64_t(got);
    if (total > max_bytes) throw Error(ErrorCode::invalid_argument, name + " in the zip file is too large");
    sink(std::string_view(piece.data(), std::size_t(got)));
  }
}

std::string ZipReader::read(const std::string& name, std::uint64_t max_bytes) {
  std::string text;
  each_piece(name, max_bytes, [&](std::string_view piece) { text += piece; });
  return text;
}

void ZipReader::extract(const std::string& name, const std::filesystem::path& to, std::uint64_t max_bytes) {
  std::ofstream out(to, std::ios::binary | std::ios::trunc);
  each_piece(name, max_bytes, [&](std::string_view piece) { out.write(piece.data(), std::streamsize(piece.size())); });
  out.close();
  if (!out) throw Error(ErrorCode::storage_full, "the disk is full: " + name + " could not be written");
}

}  // namespace fragua::backup
