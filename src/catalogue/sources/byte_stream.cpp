#include "catalogue/sources/byte_stream.h"

#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "base/error.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kPackedBytes = 64 << 10;

class FileBytes final : public ByteStream {
 public:
  explicit FileBytes(const fs::path& file) : file_(file), stream_(file, std::ios::binary) {
    if (!stream_) throw_errno("open", file, errno);
  }
  std::size_t read(std::span<char> buffer) override {
    stream_.read(buffer.data(), std::streamsize(buffer.size()));
    if (stream_.bad()) throw_errno("read", file_, errno);
    return std::size_t(stream_.gcount());
  }

 private:
  fs::path file_;
  std::ifstream stream_;
};

class MemoryBytes final : public ByteStream {
 public:
  explicit MemoryBytes(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(std::span<char> buffer) override {
    const auto count = std::min(buffer.size(), bytes_.size() - at_);
    std::memcpy(buffer.data(), bytes_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

class GzipBytes final : public ByteStream {
 public:
  explicit GzipBytes(std::unique_ptr<ByteStream> packed) : packed_(std::move(packed)), input_(kPackedBytes) {
    CHECK_THAT(inflateInit2(&state_, kGzipOnly) == Z_OK);
  }
  ~GzipBytes() override { inflateEnd(&state_); }

  std::size_t read(std::span<char> buffer) override {
    state_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    state_.avail_out = uInt(buffer.size());
    while (state_.avail_out == buffer.size() && more_input()) unpack();
    return buffer.size() - state_.avail_out;
  }

 private:
  static constexpr int kGzipOnly = 15 + 16;

  // False: the end, and it is where it should be.
  bool more_input() {
    if (state_.avail_in > 0) return true;
    const auto count = packed_->read(input_);
    state_.next_in = reinterpret_cast<Bytef*>(input_.data());
    state_.avail_in = uInt(count);
    if (count == 0 && inside_) throw Error(ErrorCode::corrupt, "the gzip file is cut off: send it again");
    return count > 0;
  }

  void unpack() {
    inside_ = true;
    const int result = inflate(&state_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      inside_ = false;
      inflateReset(&state_);
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      throw Error(ErrorCode::corrupt, "the gzip file is damaged: send it again");
    }
  }

  std::unique_ptr<ByteStream> packed_;
  std::vector<char> input_;
  z_stream state_{};
  bool inside_ = true;  // of a member
};

}  // namespace

bool is_gzip(const fs::path& file) {
  FileBytes stream(file);
  char mark[2];
  return std::string_view(mark, read_fully(stream, mark)) == kGzipMark;
}

std::unique_ptr<ByteStream> open_bytes(const fs::path& file) {
  auto plain = std::make_unique<FileBytes>(file);
  if (!is_gzip(file)) return plain;
  return std::make_unique<GzipBytes>(std::move(plain));
}

std::unique_ptr<ByteStream> bytes_of(std::string bytes) { return std::make_unique<MemoryBytes>(std::move(bytes)); }

std::size_t read_fully(ByteStream& stream, std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const auto count = stream.read(buffer.subspan(filled));
    if (count == 0) break;
    filled += count;
  }
  return filled;
}

std::string head_of(const fs::path& file, std::size_t max_bytes) {
  std::string head(max_bytes, '\0');
  head.resize(read_fully(*open_bytes(file), head));
  return head;
}

}  // namespace fragua::catalogue
