#include "models/safetensors/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/error.h"
#include "base/strings.h"
#include "models/safetensors/source_files.h"

namespace fragua::models {

namespace {

struct TypeRow {
  std::string_view name;
  std::uint64_t bytes;
  SourceType type;
};
constexpr std::array<TypeRow, 15> kTypes{{{"F32", 4, SourceType::f32},
                                          {"F16", 2, SourceType::f16},
                                          {"BF16", 2, SourceType::bf16},
                                          {"F64", 8, SourceType::other},
                                          {"I64", 8, SourceType::other},
                                          {"U64", 8, SourceType::other},
                                          {"I32", 4, SourceType::other},
                                          {"U32", 4, SourceType::other},
                                          {"I16", 2, SourceType::other},
                                          {"U16", 2, SourceType::other},
                                          {"I8", 1, SourceType::other},
                                          {"U8", 1, SourceType::other},
                                          {"BOOL", 1, SourceType::other},
                                          {"F8_E4M3", 1, SourceType::other},
                                          {"F8_E5M2", 1, SourceType::other}}};

// Reads one header; `file` and `fail` carry the name into every message.
class HeaderReader {
 public:
  HeaderReader(const std::string& shown, std::uint64_t data_start, std::uint64_t data_bytes)
      : shown_(shown), data_start_(data_start), data_bytes_(data_bytes) {}

  std::map<std::string, SourceTensor> read(std::string_view text) const;
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(ErrorCode::corrupt, shown_ + " is not a sound safetensors file: " + what);
  }

 private:
  json::object parse(std::string_view text) const;
  SourceTensor tensor(std::string name, const json::value& entry) const;
  void read_shape(const json::object& entry, SourceTensor& to) const;
  void read_offsets(const json::object& entry, SourceTensor& to) const;
  std::uint64_t count(const json::value* value, const std::string& name) const;
  void check_layout(const std::map<std::string, SourceTensor>& tensors) const;

  const std::string& shown_;
  std::uint64_t data_start_;
  std::uint64_t data_bytes_;
};

json::object HeaderReader::parse(std::string_view text) const {
  if (!text.starts_with('{')) fail("its header does not begin with {");
  if (std::size_t(std::ranges::count(text, ',')) > SafetensorsFile::kHeaderMaxValues) fail("its header is too long");
  constexpr std::size_t kDepth = 8;
  auto header = try_parse_json(text, kDepth);
  if (!header) fail("its header is " + std::string(header.error().what()));
  return std::move(header->as_object());
}

std::uint64_t HeaderReader::count(const json::value* value, const std::string& name) const {
  if (value && value->is_int64() && value->get_int64() >= 0) return std::uint64_t(value->get_int64());
  fail("tensor \"" + name + "\" has a size that is not a whole number");
}

void HeaderReader::read_shape(const json::object& entry, SourceTensor& to) const {
  const auto* shape = find_member(entry, "shape");
  if (!shape || !shape->is_array() || shape->get_array().size() > SafetensorsFile::kRankMax) {
    fail("tensor \"" + to.name + "\" has no usable shape");
  }
  for (const auto& size : shape->get_array()) {
    to.shape.push_back(count(&size, to.name));
    if (__builtin_mul_overflow(to.bytes, to.shape.back(), &to.bytes)) fail("tensor \"" + to.name + "\" is too large");
  }
}

void HeaderReader::read_offsets(const json::object& entry, SourceTensor& to) const {
  const auto* offsets = find_member(entry, "data_offsets");
  if (!offsets || !offsets->is_array() || offsets->get_array().size() != 2) {
    fail("tensor \"" + to.name + "\" has no data_offsets");
  }
  const auto begin = count(&offsets->get_array()[0], to.name);
  const auto end = count(&offsets->get_array()[1], to.name);
  if (begin > end || end > data_bytes_) fail("tensor \"" + to.name + "\" lies outside of the file");
  if (end - begin != to.bytes) fail("the shape and the data of tensor \"" + to.name + "\" differ in size");
  to.offset = data_start_ + begin;
}

SourceTensor HeaderReader::tensor(std::string name, const json::value& entry) const {
  if (name.size() > SafetensorsFile::kNameMaxBytes || !is_valid_utf8(name)) fail("a tensor's name is too long");
  if (!entry.is_object()) fail("tensor \"" + name + "\" is not described");
  SourceTensor result;
  result.name = std::move(name);
  result.type_name = string_member(entry.get_object(), "dtype");
  const auto row = std::ranges::find(kTypes, std::string_view(result.type_name), &TypeRow::name);
  if (row == kTypes.end()) {
    throw Error(ErrorCode::unsupported, shown_ + ": tensor \"" + result.name + "\" has the data type \"" +
                                            sanitized_utf8(result.type_name.substr(0, 40)) +
                                            "\"; F32, F16 and BF16 can be imported");
  }
  result.type = row->type;
  result.bytes = row->bytes;
  read_shape(entry.get_object(), result);
  read_offsets(entry.get_object(), result);
  return result;
}

// Every byte of the data belongs to exactly one tensor, as the format demands: no overlaps, no holes to hide things in.
void HeaderReader::check_layout(const std::map<std::string, SourceTensor>& tensors) const {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  for (const auto& [name, tensor] : tensors) ranges.emplace_back(tensor.offset, tensor.offset + tensor.bytes);
  std::ranges::sort(ranges);
  auto expected = data_start_;
  for (const auto& [begin, end] : ranges) {
    if (begin != expected) fail(begin < expected ? "its tensors overlap" : "its tensors leave a gap");
    expected = end;
  }
  if (expected != data_start_ + data_bytes_) fail("it holds bytes that belong to no tensor");
}

std::map<std::string, SourceTensor> HeaderReader::read(std::string_view text) const {
  const auto header = parse(text);
  if (header.size() > SafetensorsFile::kTensorsMax) fail("it has too many tensors");
  std::map<std::string, SourceTensor> tensors;
  for (const auto& [name, entry] : header) {
    if (name != "__metadata__") tensors.emplace(std::string(name), tensor(std::string(name), entry));
  }
  check_layout(tensors);
  return tensors;
}

bool read_all(int descriptor, std::uint64_t offset, std::span<char> to) {
  while (!to.empty()) {
    const auto got = ::pread(descriptor, to.data(), to.size(), off_t(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    offset += std::uint64_t(got);
    to = to.subspan(std::size_t(got));
  }
  return true;
}

}  // namespace

void SafetensorsFile::Close::operator()(int* descriptor) const {
  ::close(*descriptor);
  std::default_delete<int>()(descriptor);
}

SafetensorsFile::SafetensorsFile(const fs::path& path, std::string shown) : shown_(std::move(shown)) {
  // Without O_NONBLOCK opening a pipe would wait for a writer.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) throw_errno("cannot read", path, errno);
  descriptor_.reset(std::make_unique<int>(descriptor).release());
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_errno("cannot read", path, errno);
  const HeaderReader early(shown_, 0, 0);
  if (!S_ISREG(status.st_mode)) early.fail("it is not a regular file");
  const auto file_bytes = std::uint64_t(status.st_size);

  std::array<char, 8> prefix{};
  if (!read_all(descriptor, 0, prefix)) early.fail("it is shorter than 8 bytes");
  std::uint64_t header_bytes = 0;
  for (std::size_t i = prefix.size(); i > 0; --i) header_bytes = header_bytes << 8 | std::uint8_t(prefix[i - 1]);
  if (header_bytes > kHeaderMaxBytes) early.fail("its header is larger than 100 MiB");
  if (header_bytes > file_bytes - prefix.size()) early.fail("its header is cut off");

  std::string header(header_bytes, '\0');
  if (!read_all(descriptor, prefix.size(), header)) early.fail("its header is cut off");
  const auto data_start = prefix.size() + header_bytes;
  tensors_ = HeaderReader(shown_, data_start, file_bytes - data_start).read(header);
}

void SafetensorsFile::read(const SourceTensor& tensor, std::uint64_t from_byte, std::span<char> to) const {
  CHECK_THAT(from_byte <= tensor.bytes && to.size() <= tensor.bytes - from_byte);
  if (!read_all(*descriptor_, tensor.offset + from_byte, to)) {
    throw Error(ErrorCode::corrupt, shown_ + " became shorter while it was read");
  }
}

}  // namespace fragua::models
