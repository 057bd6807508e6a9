#include "models/gguf_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace fragua::models {

namespace {

constexpr std::uint64_t kAlignment = 32;
constexpr std::size_t kBufferBytes = 1u << 20;
constexpr std::size_t kMaxDimensions = 4;
constexpr std::size_t kMaxTensorName = 63;

template <class T>
std::string encoded(T value) {
  std::string bytes(sizeof(T), '\0');
  std::memcpy(bytes.data(), &value, sizeof(T));
  return bytes;
}

std::string encoded_text(std::string_view text) { return encoded(std::uint64_t(text.size())) + std::string(text); }

template <class T>
std::string typed(GgufType type, T value) {
  return encoded(std::uint32_t(type)) + encoded(value);
}

std::string array_start(GgufType element, std::size_t count) {
  return encoded(std::uint32_t(GgufType::array)) + encoded(std::uint32_t(element)) + encoded(std::uint64_t(count));
}

template <class T>
std::string encoded_array(GgufType element, const std::vector<T>& values) {
  std::string bytes = array_start(element, values.size());
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  return bytes;
}

}  // namespace

GgufWriter::GgufWriter(fs::path path)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
  if (descriptor_ < 0) throw_errno("cannot create", path_, errno);
}

GgufWriter::~GgufWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void GgufWriter::set(std::string_view key, std::string value) {
  CHECK_THAT(!header_written_ && !key.empty());
  const auto found = std::find_if(keys_.begin(), keys_.end(), [&](const Key& entry) { return entry.name == key; });
  if (found != keys_.end()) {
    found->encoded = std::move(value);
  } else {
    keys_.push_back({std::string(key), std::move(value)});
  }
}

void GgufWriter::set_uint32(std::string_view key, std::uint32_t value) { set(key, typed(GgufType::uint32, value)); }
void GgufWriter::set_int32(std::string_view key, std::int32_t value) { set(key, typed(GgufType::int32, value)); }
void GgufWriter::set_uint64(std::string_view key, std::uint64_t value) { set(key, typed(GgufType::uint64, value)); }
void GgufWriter::set_float(std::string_view key, float value) { set(key, typed(GgufType::float32, value)); }
void GgufWriter::set_bool(std::string_view key, bool value) { set(key, typed(GgufType::boolean, std::uint8_t(value))); }
void GgufWriter::set_string(std::string_view key, std::string_view value) {
  set(key, encoded(std::uint32_t(GgufType::string)) + encoded_text(value));
}
void GgufWriter::set_strings(std::string_view key, const std::vector<std::string>& values) {
  std::string bytes = array_start(GgufType::string, values.size());
  for (const auto& value : values) bytes += encoded_text(value);
  set(key, std::move(bytes));
}
void GgufWriter::set_int32s(std::string_view key, const std::vector<std::int32_t>& values) {
  set(key, encoded_array(GgufType::int32, values));
}
void GgufWriter::set_uint32s(std::string_view key, const std::vector<std::uint32_t>& values) {
  set(key, encoded_array(GgufType::uint32, values));
}
void GgufWriter::set_floats(std::string_view key, const std::vector<float>& values) {
  set(key, encoded_array(GgufType::float32, values));
}

std::uint64_t GgufWriter::tensor_bytes(const std::vector<std::uint64_t>& shape, TensorType type) {
  const auto layout = layout_of(std::uint32_t(type));
  CHECK_THAT(layout && !shape.empty() && shape.size() <= kMaxDimensions && shape[0] % layout->block_elements == 0);
  std::uint64_t elements = 1;
  for (const auto size : shape) elements *= size;
  return elements / layout->block_elements * layout->block_bytes;
}

void GgufWriter::add_tensor(std::string_view name, const std::vector<std::uint64_t>& shape, TensorType type) {
  CHECK_THAT(!header_written_ && name.size() <= kMaxTensorName);
  tensors_.push_back({std::string(name), shape, type, tensor_bytes(shape, type)});
}

std::uint64_t GgufWriter::data_bytes() const {
  std::uint64_t total = 0;
  for (const auto& tensor : tensors_) total += tensor.bytes;
  return total;
}

void GgufWriter::write_header() {
  CHECK_THAT(!header_written_);
  write("GGUF" + encoded(std::uint32_t(3)) + encoded(std::uint64_t(tensors_.size())) +
        encoded(std::uint64_t(keys_.size())));
  for (const auto& key : keys_) write(encoded_text(key.name) + key.encoded);
  std::uint64_t offset = 0;
  for (const auto& tensor : tensors_) {
    std::string entry = encoded_text(tensor.name) + encoded(std::uint32_t(tensor.shape.size()));
    for (const auto size : tensor.shape) entry += encoded(size);
    write(entry + encoded(std::uint32_t(tensor.type)) + encoded(offset));
    offset += (tensor.bytes + kAlignment - 1) / kAlignment * kAlignment;
  }
  pad();
  header_written_ = true;
  current_left_ = tensors_.empty() ? 0 : tensors_[0].bytes;
}

void GgufWriter::append(std::string_view bytes) {
  CHECK_THAT(header_written_);
  while (!bytes.empty()) {
    // A finished (or empty) tensor gives way to the next.
    while (current_left_ == 0) {
      CHECK_THAT(current_tensor_ + 1 < tensors_.size());
      current_left_ = tensors_[++current_tensor_].bytes;
    }
    const auto part = bytes.substr(0, std::size_t(std::min<std::uint64_t>(bytes.size(), current_left_)));
    write(part);
    bytes.remove_prefix(part.size());
    current_left_ -= part.size();
    written_bytes_ += part.size();
    if (current_left_ == 0) pad();
  }
}

void GgufWriter::finish() {
  CHECK_THAT(header_written_ && written_bytes_ == data_bytes());
  flush();
  if (::fsync(descriptor_) != 0) throw_errno("cannot write", path_, errno);
  if (::close(std::exchange(descriptor_, -1)) != 0) throw_errno("cannot write", path_, errno);
}

void GgufWriter::write(std::string_view bytes) {
  buffer_ += bytes;
  position_ += bytes.size();
  if (buffer_.size() >= kBufferBytes) flush();
}

void GgufWriter::flush() {
  std::string_view left = buffer_;
  while (!left.empty()) {
    const auto written = ::write(descriptor_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("cannot write", path_, errno);
    left.remove_prefix(std::size_t(written));
  }
  buffer_.clear();
}

void GgufWriter::pad() { write(std::string((kAlignment - position_ % kAlignment) % kAlignment, '\0')); }

}  // namespace fragua::models
