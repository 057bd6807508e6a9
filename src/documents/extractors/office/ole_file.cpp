#include "documents/extractors/office/ole_file.h"

#include <algorithm>

#include "base/files.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::uint64_t kFileMaxBytes = 256ull << 20;
constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kHeaderTables = 109;
constexpr std::size_t kEntryBytes = 128;
constexpr std::uint32_t kSectorsEnd = 0xFFFFFFFA;  // numbers from here on mean "none" or "the end"

[[noreturn]] void damaged() { throw Failure(FailureCode::damaged, "the document is damaged: its container cannot be read"); }

std::uint32_t number_in(std::string_view bytes, std::size_t at) {
  if (bytes.size() < at + 4) damaged();
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::uint16_t short_in(std::string_view bytes, std::size_t at) { return std::uint16_t(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1]) << 8); }

std::vector<std::uint32_t> numbers_in(std::string_view bytes) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) numbers.push_back(number_in(bytes, at));
  return numbers;
}

std::string entry_name(std::string_view entry) {
  std::string name;
  const std::size_t length = std::min<std::size_t>(short_in(entry, 64), 64);
  for (std::size_t at = 0; at + 2 < length; at += 2) append_utf8(name, short_in(entry, at));
  return name;
}

}  // namespace

OleFile::OleFile(const fs::path& file) : bytes_(read_file(file, kFileMaxBytes)) {
  if (bytes_.size() < kHeaderBytes) damaged();
  const auto shift = short_in(bytes_, 30), small_shift = short_in(bytes_, 32);
  if ((shift != 9 && shift != 12) || small_shift != 6) damaged();
  sector_bytes_ = std::size_t(1) << shift;
  small_bytes_ = std::size_t(1) << small_shift;
  small_limit_ = number(56);
  read_table();
  read_directory();
}

std::uint32_t OleFile::number(std::size_t at) const { return number_in(bytes_, at); }

std::string_view OleFile::sector(std::uint32_t index) const {
  const auto at = (std::uint64_t(index) + 1) * sector_bytes_;
  if (at >= bytes_.size()) damaged();
  return std::string_view(bytes_).substr(at, sector_bytes_);
}

std::string OleFile::chain(std::uint32_t first, std::uint64_t bytes_max) const {
  std::string out;
  std::size_t steps = 0;
  for (auto index = first; index < kSectorsEnd && out.size() < bytes_max; index = table_[index]) {
    out += sector(index);
    if (++steps > table_.size() || index >= table_.size()) damaged();
  }
  return out;
}

std::string OleFile::small_chain(const Stream& stream) const {
  std::string out;
  std::size_t steps = 0;
  for (auto index = stream.first; index < kSectorsEnd && out.size() < stream.bytes; index = small_table_[index]) {
    const auto at = std::size_t(index) * small_bytes_;
    if (at >= small_stream_.size() || index >= small_table_.size() || ++steps > small_table_.size()) damaged();
    out += small_stream_.substr(at, small_bytes_);
  }
  return out;
}

void OleFile::read_table() {
  std::vector<std::uint32_t> parts;
  for (std::size_t i = 0; i < kHeaderTables; ++i) parts.push_back(number(76 + 4 * i));
  auto next = number(68);
  for (std::size_t steps = 0; next < kSectorsEnd; ++steps) {
    auto more = numbers_in(sector(next));
    if (more.empty() || steps > bytes_.size() / sector_bytes_) damaged();
    next = more.back();
    parts.insert(parts.end(), more.begin(), more.end() - 1);
  }
  for (const auto part : parts) {
    if (part >= kSectorsEnd) continue;
    const auto numbers = numbers_in(sector(part));
    table_.insert(table_.end(), numbers.begin(), numbers.end());
    if (table_.size() > bytes_.size()) damaged();
  }
}

void OleFile::read_directory() {
  const auto directory = chain(number(48), kFileMaxBytes);
  for (std::size_t at = 0; at + kEntryBytes <= directory.size(); at += kEntryBytes) {
    const auto entry = std::string_view(directory).substr(at, kEntryBytes);
    const auto type = entry[66];
    const Stream stream{number_in(entry, 116), number_in(entry, 120)};
    if (type == 2) streams_.try_emplace(entry_name(entry), stream);
    if (type == 5) small_stream_ = chain(stream.first, stream.bytes);
  }
  small_table_ = numbers_in(chain(number(60), kFileMaxBytes));
}

std::string OleFile::read(const std::string& name) const {
  const auto found = streams_.find(name);
  if (found == streams_.end()) damaged();
  auto bytes = found->second.bytes < small_limit_ ? small_chain(found->second) : chain(found->second.first, found->second.bytes);
  bytes.resize(std::min<std::size_t>(bytes.size(), found->second.bytes));
  return bytes;
}

}  // namespace fragua::documents::extractors
