// PartReceiver: one answer to one request for a part: checks status, range and length before the first byte is
// believed, and writes the bytes into the partial blob.
// Callers: blob_download, which gives its methods to the HTTP client. Threads: the transfer loop's only.
// Never writes a byte of an answer that is not the part that was asked for. Never throws.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "http/client.h"
#include "models/registry/partial_blob.h"

namespace fragua::models {

class PartReceiver {
 public:
  // `whole`: the part is the whole blob, so that an answer without a range will do. `stop` is set when the disk fails.
  PartReceiver(PartialBlob& partial, std::size_t part, std::uint64_t blob_bytes, std::shared_ptr<bool> stop);

  std::string range() const;               // "bytes=0-99"
  std::uint64_t answer_max_bytes() const;  // that an honest answer can have
  bool begin(const http::ClientResponse& response);
  void take(std::string_view bytes);

  int status() const { return status_; }
  // The answer is the whole blob, which only a single part can use.
  bool ranges_ignored() const { return ranges_ignored_; }
  // What is wrong for good: the disk, or a registry that contradicts its manifest.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  BlobPart& part() const { return partial_.parts()[part_]; }
  bool begin_range(const http::ClientResponse& response);
  bool begin_whole(const http::ClientResponse& response);
  bool fail(ErrorCode code, std::string message);

  PartialBlob& partial_;
  std::size_t part_;
  std::uint64_t blob_bytes_;
  std::shared_ptr<bool> stop_;
  std::uint64_t skip_ = 0;
  int status_ = 0;
  bool ranges_ignored_ = false;
  bool believed_ = false;
  std::optional<Error> failure_;
};

// "bytes 0-99/1000": first, last, and the whole length unless that is "*". Nothing if it is not one.
struct ContentRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::optional<std::uint64_t> total;
};
std::optional<ContentRange> parse_content_range(std::string_view text);

}  // namespace fragua::models
