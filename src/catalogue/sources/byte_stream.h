// ByteStream: bytes of a file one block after another; what was packed with gzip comes unpacked, several members in a row too.
// Callers: text_reader, open. Threads: one; blocks. Its memory does not depend on the file's size.
#pragma once
#include <memory>
#include <span>
#include <string>

#include "base/files.h"

namespace fragua::catalogue {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // How many bytes it wrote into `buffer`; 0: the end. Error(unavailable): the disk. Error(corrupt): gzip that is cut off or damaged.
  virtual std::size_t read(std::span<char> buffer) = 0;
};

constexpr std::string_view kGzipMark = "\x1F\x8B";

// Error(not_found), Error(unavailable).
std::unique_ptr<ByteStream> open_bytes(const fs::path& file);
std::unique_ptr<ByteStream> bytes_of(std::string bytes);

// Fills the buffer as far as there are bytes.
std::size_t read_fully(ByteStream& stream, std::span<char> buffer);
// The first bytes of a file, unpacked.
std::string head_of(const fs::path& file, std::size_t max_bytes);
bool is_gzip(const fs::path& file);

}  // namespace fragua::catalogue
