// ByteCursor: reads little-endian numbers and strings from a file or from memory through a small window, and knows at
// every step how many bytes are left. Callers: gguf_header, safetensors/. Threads: one at a time.
// Never reads past the end: Error(corrupt) that names the byte where the data ran out.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "base/files.h"

namespace fragua::models {

static_assert(std::endian::native == std::endian::little, "GGUF is read in place, little-endian");

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  // Exactly `bytes` from `offset`; the caller stays inside size().
  virtual void read(std::uint64_t offset, char* to, std::size_t bytes) = 0;
};

std::unique_ptr<ByteSource> open_source(const fs::path& path);  // Error(not_found, unavailable)
std::unique_ptr<ByteSource> source_of(std::string_view bytes);  // `bytes` outlives it

class ByteCursor {
 public:
  ByteCursor(ByteSource& source, std::uint64_t end);
  std::uint64_t position() const { return position_; }
  std::uint64_t left() const { return end_ - position_; }

  template <class T>
  T number() {
    T value;
    read(reinterpret_cast<char*>(&value), sizeof(T));
    return value;
  }
  void read(char* to, std::size_t bytes);
  void skip(std::uint64_t bytes);
  std::string string(std::size_t bytes);

 private:
  [[noreturn]] void fail() const;
  void fill();
  ByteSource& source_;
  std::uint64_t end_;
  std::uint64_t position_ = 0;
  std::uint64_t window_start_ = 0;
  std::string window_;
};

}  // namespace fragua::models
