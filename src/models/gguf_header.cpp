#include "models/gguf_header.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/error.h"
#include "base/strings.h"
#include "models/byte_cursor.h"

namespace fragua::models {

namespace {

constexpr std::uint64_t kMaxAlignment = 1u << 20;
constexpr std::uint64_t kJsonValueBytes = 32;  // what one kept array element costs at least

[[noreturn]] void corrupt(const std::string& what) { throw Error(ErrorCode::corrupt, "damaged GGUF: " + what); }
[[noreturn]] void unsupported(const std::string& what) {
  throw Error(ErrorCode::unsupported, "unsupported GGUF: " + what);
}

// A name from the file, short and printable, for a message.
std::string in_quotes(std::string_view name) {
  std::string text = sanitized_utf8(name.substr(0, 80));
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  return "'" + text + "'";
}

std::uint64_t fixed_bytes(GgufType type) {
  switch (type) {
    case GgufType::uint8:
    case GgufType::int8:
    case GgufType::boolean:
      return 1;
    case GgufType::uint16:
    case GgufType::int16:
      return 2;
    case GgufType::uint32:
    case GgufType::int32:
    case GgufType::float32:
      return 4;
    case GgufType::uint64:
    case GgufType::int64:
    case GgufType::float64:
      return 8;
    case GgufType::string:
    case GgufType::array:
      break;
  }
  return 0;
}

json::value json_of(const GgufScalar& scalar) {
  if (const auto* text = std::get_if<std::string>(&scalar)) return json::value(sanitized_utf8(*text));
  if (const auto* real = std::get_if<double>(&scalar)) return std::isfinite(*real) ? json::value(*real) : json::value();
  if (const auto* flag = std::get_if<bool>(&scalar)) return json::value(*flag);
  if (const auto* natural = std::get_if<std::uint64_t>(&scalar)) return json::value(*natural);
  if (const auto* integer = std::get_if<std::int64_t>(&scalar)) return json::value(*integer);
  return nullptr;
}

class HeaderReader {
 public:
  HeaderReader(ByteSource& source, GgufDetail detail, const GgufLimits& limits)
      : cursor_(source, limits.max_header_bytes), limits_(limits), detail_(detail) {
    header_.file_bytes = source.size();
  }

  GgufHeader read() {
    read_magic_and_version();
    const auto tensors = count("tensors", limits_.max_tensors, 24);
    const auto keys = count("keys", limits_.max_keys, 13);
    for (std::uint64_t i = 0; i < keys; ++i) read_key();
    check_alignment();
    for (std::uint64_t i = 0; i < tensors; ++i) read_tensor();
    place_tensors();
    return std::move(header_);
  }

 private:
  void read_magic_and_version();
  std::uint64_t count(const char* what, std::uint64_t most, std::uint64_t least_bytes);
  void keep(std::uint64_t bytes, std::string_view where);
  std::string text(std::uint64_t most, const std::string& where);
  GgufType type_of(std::uint32_t number, const std::string& key) const;
  void read_key();
  GgufScalar scalar(GgufType type, const std::string& key);
  GgufArray array(const std::string& key);
  void skip_elements(const GgufArray& array, const std::string& key);
  void check_alignment();
  void read_tensor();
  void read_shape(GgufTensor& tensor);
  void place_tensors();

  ByteCursor cursor_;
  const GgufLimits& limits_;
  GgufDetail detail_;
  GgufHeader header_;
  std::uint64_t kept_bytes_ = 0;
  std::unordered_set<std::string> key_names_;
  std::unordered_set<std::string> tensor_names_;
};

void HeaderReader::read_magic_and_version() {
  if (cursor_.left() < 4 || cursor_.string(4) != "GGUF") throw Error(ErrorCode::unsupported, "not a GGUF file");
  header_.version = cursor_.number<std::uint32_t>();
  if ((header_.version & 0xffffu) == 0 && header_.version != 0) unsupported("it is written for big-endian machines");
  if (header_.version < 2 || header_.version > 3)
    unsupported("version " + std::to_string(header_.version) + " (2 and 3 can be read)");
}

std::uint64_t HeaderReader::count(const char* what, std::uint64_t most, std::uint64_t least_bytes) {
  const auto number = cursor_.number<std::uint64_t>();
  if (number > most)
    corrupt("it claims " + std::to_string(number) + " " + what + ", more than " + std::to_string(most));
  if (number > cursor_.left() / least_bytes)
    corrupt("it claims " + std::to_string(number) + " " + what + ", more than the file can hold");
  return number;
}

void HeaderReader::keep(std::uint64_t bytes, std::string_view where) {
  kept_bytes_ += bytes;
  if (kept_bytes_ > limits_.max_kept_bytes) corrupt("its metadata is too large, at " + std::string(where));
}

std::string HeaderReader::text(std::uint64_t most, const std::string& where) {
  const auto bytes = cursor_.number<std::uint64_t>();
  if (bytes > most)
    corrupt(where + " is a text of " + std::to_string(bytes) + " bytes, more than " + std::to_string(most));
  if (bytes > cursor_.left()) corrupt(where + " is a text that ends after the file");
  keep(bytes, where);
  return cursor_.string(std::size_t(bytes));
}

GgufType HeaderReader::type_of(std::uint32_t number, const std::string& key) const {
  if (number > std::uint32_t(GgufType::float64))
    corrupt("key " + in_quotes(key) + " has the unknown type " + std::to_string(number));
  return GgufType(number);
}

void HeaderReader::read_key() {
  GgufKey entry;
  entry.key = text(limits_.max_key_bytes, "a key at byte " + std::to_string(cursor_.position()));
  if (entry.key.empty()) corrupt("an empty key at byte " + std::to_string(cursor_.position()));
  if (!key_names_.insert(entry.key).second) corrupt("key " + in_quotes(entry.key) + " is there twice");
  keep(sizeof(GgufKey), "key " + in_quotes(entry.key));
  entry.type = type_of(cursor_.number<std::uint32_t>(), entry.key);
  if (entry.type == GgufType::array) {
    entry.value = array(entry.key);
  } else {
    entry.value = scalar(entry.type, entry.key);
  }
  header_.keys.push_back(std::move(entry));
}

GgufScalar HeaderReader::scalar(GgufType type, const std::string& key) {
  switch (type) {
    case GgufType::uint8:
      return std::uint64_t(cursor_.number<std::uint8_t>());
    case GgufType::int8:
      return std::int64_t(cursor_.number<std::int8_t>());
    case GgufType::uint16:
      return std::uint64_t(cursor_.number<std::uint16_t>());
    case GgufType::int16:
      return std::int64_t(cursor_.number<std::int16_t>());
    case GgufType::uint32:
      return std::uint64_t(cursor_.number<std::uint32_t>());
    case GgufType::int32:
      return std::int64_t(cursor_.number<std::int32_t>());
    case GgufType::uint64:
      return cursor_.number<std::uint64_t>();
    case GgufType::int64:
      return cursor_.number<std::int64_t>();
    case GgufType::float32:
      return double(cursor_.number<float>());
    case GgufType::float64:
      return cursor_.number<double>();
    case GgufType::boolean:
      return cursor_.number<std::uint8_t>() != 0;
    case GgufType::string:
      return text(limits_.max_string_bytes, "key " + in_quotes(key));
    case GgufType::array:
      break;
  }
  corrupt("key " + in_quotes(key) + " is a list of lists");
}

GgufArray HeaderReader::array(const std::string& key) {
  GgufArray result;
  result.element_type = type_of(cursor_.number<std::uint32_t>(), key);
  if (result.element_type == GgufType::array) unsupported("key " + in_quotes(key) + " is a list of lists");
  result.count = cursor_.number<std::uint64_t>();
  const auto least = result.element_type == GgufType::string ? 8 : fixed_bytes(result.element_type);
  if (result.count > limits_.max_array_elements || result.count > cursor_.left() / least)
    corrupt("key " + in_quotes(key) + " claims a list of " + std::to_string(result.count) + " elements");
  const bool room = result.count * kJsonValueBytes <= limits_.max_kept_bytes - kept_bytes_;
  if (!room || (detail_ == GgufDetail::brief && result.count > limits_.brief_array_elements)) {
    skip_elements(result, key);
    return result;
  }
  keep(result.count * kJsonValueBytes, "key " + in_quotes(key));
  result.values.reserve(std::size_t(result.count));
  for (std::uint64_t i = 0; i < result.count; ++i) result.values.push_back(json_of(scalar(result.element_type, key)));
  return result;
}

void HeaderReader::skip_elements(const GgufArray& array, const std::string& key) {
  if (array.element_type != GgufType::string) return cursor_.skip(array.count * fixed_bytes(array.element_type));
  for (std::uint64_t i = 0; i < array.count; ++i) {
    const auto bytes = cursor_.number<std::uint64_t>();
    if (bytes > limits_.max_string_bytes || bytes > cursor_.left())
      corrupt("element " + std::to_string(i) + " of key " + in_quotes(key) + " is a text of " + std::to_string(bytes) +
              " bytes");
    cursor_.skip(bytes);
  }
}

void HeaderReader::check_alignment() {
  const auto* key = header_.find("general.alignment");
  if (!key) return;
  if (key->type != GgufType::uint32) corrupt("general.alignment is not a uint32");
  header_.alignment = std::get<std::uint64_t>(key->value);
  const bool power_of_two = header_.alignment != 0 && (header_.alignment & (header_.alignment - 1)) == 0;
  if (!power_of_two || header_.alignment > kMaxAlignment)
    corrupt("general.alignment is " + std::to_string(header_.alignment) + ", not a sensible power of two");
}

void HeaderReader::read_tensor() {
  GgufTensor tensor;
  tensor.name = text(limits_.max_tensor_name_bytes, "the name of tensor " + std::to_string(header_.tensors.size()));
  if (!tensor_names_.insert(tensor.name).second) corrupt("tensor " + in_quotes(tensor.name) + " is there twice");
  keep(sizeof(GgufTensor), "tensor " + in_quotes(tensor.name));
  read_shape(tensor);
  tensor.type = cursor_.number<std::uint32_t>();
  tensor.offset = cursor_.number<std::uint64_t>();
  const auto layout = layout_of(tensor.type);
  if (!layout) unsupported("tensor " + in_quotes(tensor.name) + " has the unknown type " + std::to_string(tensor.type));
  if (tensor.shape[0] % layout->block_elements != 0)
    corrupt("rows of tensor " + in_quotes(tensor.name) + " are not whole blocks of " + std::string(layout->name));
  const std::uint64_t blocks = tensor.elements() / layout->block_elements;
  if (blocks > header_.file_bytes / layout->block_bytes)
    corrupt("tensor " + in_quotes(tensor.name) + " is larger than the file; was the download cut?");
  tensor.bytes = blocks * layout->block_bytes;
  header_.tensors.push_back(std::move(tensor));
}

void HeaderReader::read_shape(GgufTensor& tensor) {
  tensor.dimensions = cursor_.number<std::uint32_t>();
  if (tensor.dimensions > tensor.shape.size())
    corrupt("tensor " + in_quotes(tensor.name) + " has " + std::to_string(tensor.dimensions) + " dimensions");
  std::uint64_t elements = 1;
  for (std::uint32_t i = 0; i < tensor.dimensions; ++i) {
    const auto size = cursor_.number<std::uint64_t>();
    if (size > std::uint64_t(INT64_MAX) || (size != 0 && elements > std::uint64_t(INT64_MAX) / size))
      corrupt("the shape of tensor " + in_quotes(tensor.name) + " overflows");
    tensor.shape[i] = size;
    elements *= std::max<std::uint64_t>(size, 1);
  }
}

// The same rule as llama.cpp's: tensors follow each other, each padded to the alignment.
void HeaderReader::place_tensors() {
  const auto padded = [this](std::uint64_t bytes) {
    return (bytes + header_.alignment - 1) & ~(header_.alignment - 1);
  };
  header_.data_offset = header_.tensors.empty() ? cursor_.position() : padded(cursor_.position());
  std::uint64_t expected = 0;
  for (const auto& tensor : header_.tensors) {
    if (tensor.offset != expected)
      corrupt("tensor " + in_quotes(tensor.name) + " is at offset " + std::to_string(tensor.offset) + " instead of " +
              std::to_string(expected));
    const std::uint64_t end = header_.data_offset + tensor.offset + tensor.bytes;
    if (tensor.bytes > 0 && end > header_.file_bytes)
      corrupt("the file ends " + std::to_string(end - header_.file_bytes) + " bytes before the end of tensor " +
              in_quotes(tensor.name) + "; was the download cut?");
    expected += padded(tensor.bytes);
  }
}

}  // namespace

GgufHeader inspect_gguf(const fs::path& path, GgufDetail detail, const GgufLimits& limits) {
  const auto source = open_source(path);
  return HeaderReader(*source, detail, limits).read();
}

GgufHeader inspect_gguf_bytes(std::string_view bytes, GgufDetail detail, const GgufLimits& limits) {
  const auto source = source_of(bytes);
  return HeaderReader(*source, detail, limits).read();
}

bool looks_like_gguf(const fs::path& path) {
  const auto source = open_source(path);
  return source->size() >= 4 && ByteCursor(*source, 4).string(4) == "GGUF";
}

const GgufKey* GgufHeader::find(std::string_view key) const {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const auto& entry) { return entry.key == key; });
  return found == keys.end() ? nullptr : &*found;
}

std::string GgufHeader::text(std::string_view key, std::string fallback) const {
  const auto* found = find(key);
  const auto* value = found ? std::get_if<std::string>(&found->value) : nullptr;
  return value ? *value : std::move(fallback);
}

std::optional<std::uint64_t> GgufHeader::number(std::string_view key) const {
  const auto* found = find(key);
  if (!found) return std::nullopt;
  if (const auto* natural = std::get_if<std::uint64_t>(&found->value)) return *natural;
  const auto* integer = std::get_if<std::int64_t>(&found->value);
  if (!integer || *integer < 0) return std::nullopt;
  return std::uint64_t(*integer);
}

bool GgufHeader::flag(std::string_view key) const {
  const auto* found = find(key);
  const auto* value = found ? std::get_if<bool>(&found->value) : nullptr;
  return value && *value;
}

std::optional<std::uint64_t> GgufHeader::of_architecture(std::string_view key) const {
  return number(architecture() + "." + std::string(key));
}

bool GgufHeader::has_tensor(std::string_view name) const {
  return std::any_of(tensors.begin(), tensors.end(), [&](const auto& tensor) { return tensor.name == name; });
}

bool GgufHeader::has_tensor_prefix(std::string_view prefix) const {
  return std::any_of(tensors.begin(), tensors.end(),
                     [&](const auto& tensor) { return tensor.name.starts_with(prefix); });
}

// Sparse files can claim more elements than 64 bits count: then it is the largest number.
std::uint64_t GgufHeader::parameter_count() const {
  std::uint64_t total = 0;
  for (const auto& tensor : tensors)
    if (__builtin_add_overflow(total, tensor.elements(), &total)) return UINT64_MAX;
  return total;
}

}  // namespace fragua::models
