#include "models/byte_cursor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/error.h"

namespace fragua::models {

namespace {

constexpr std::size_t kWindowBytes = 256u << 10;

class FileSource final : public ByteSource {
 public:
  explicit FileSource(const fs::path& path) : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) throw_errno("cannot read", path_, errno);
    struct stat status {};
    const bool regular = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
    if (!regular) ::close(descriptor_);
    if (!regular) throw Error(ErrorCode::unsupported, path_.filename().string() + " is not a regular file");
    size_ = std::uint64_t(status.st_size);
  }
  ~FileSource() override { ::close(descriptor_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::uint64_t size() const override { return size_; }
  void read(std::uint64_t offset, char* to, std::size_t bytes) override {
    while (bytes > 0) {
      const auto got = ::pread(descriptor_, to, bytes, off_t(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw_errno("cannot read", path_, errno);
      if (got == 0) throw Error(ErrorCode::corrupt, path_.filename().string() + " became shorter while it was read");
      to += got;
      offset += std::uint64_t(got);
      bytes -= std::size_t(got);
    }
  }

 private:
  fs::path path_;
  int descriptor_;
  std::uint64_t size_ = 0;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  void read(std::uint64_t offset, char* to, std::size_t bytes) override { bytes_.copy(to, bytes, offset); }

 private:
  std::string_view bytes_;
};

}  // namespace

std::unique_ptr<ByteSource> open_source(const fs::path& path) { return std::make_unique<FileSource>(path); }
std::unique_ptr<ByteSource> source_of(std::string_view bytes) { return std::make_unique<MemorySource>(bytes); }

ByteCursor::ByteCursor(ByteSource& source, std::uint64_t end) : source_(source), end_(std::min(end, source.size())) {}

void ByteCursor::fail() const {
  throw Error(ErrorCode::corrupt, "the file ends in the middle of its header, at byte " + std::to_string(end_));
}

void ByteCursor::fill() {
  window_.resize(std::size_t(std::min<std::uint64_t>(kWindowBytes, left())));
  source_.read(position_, window_.data(), window_.size());
  window_start_ = position_;
}

void ByteCursor::read(char* to, std::size_t bytes) {
  if (bytes > left()) fail();
  while (bytes > 0) {
    if (position_ < window_start_ || position_ >= window_start_ + window_.size()) fill();
    const std::size_t at = std::size_t(position_ - window_start_);
    const std::size_t part = std::min(bytes, window_.size() - at);
    std::memcpy(to, window_.data() + at, part);
    to += part;
    bytes -= part;
    position_ += part;
  }
}

void ByteCursor::skip(std::uint64_t bytes) {
  if (bytes > left()) fail();
  position_ += bytes;
}

std::string ByteCursor::string(std::size_t bytes) {
  if (bytes > left()) fail();
  std::string text(bytes, '\0');
  read(text.data(), bytes);
  return text;
}

}  // namespace fragua::models
