// BlobPart: a stretch of a blob on its way, and how a blob is cut into them: sixteen, within the limits.
// Callers: partial_blob, blob_upload. Threads: any; plain values.
// Written as Ollama writes it ({"N":0,"Offset":0,"Size":…,"Completed":…}), so that either goes on where the other
// stopped.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::models {

struct BlobPart {
  std::uint64_t number = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t completed = 0;

  bool complete() const { return completed >= size; }
  std::uint64_t position() const { return offset + completed; }
  std::uint64_t left() const { return size - completed; }
  bool operator==(const BlobPart&) const = default;
};

struct PartBounds {
  std::uint64_t min_bytes = 0;
  std::uint64_t max_bytes = 0;
};

// One empty part for an empty blob.
std::vector<BlobPart> plan_parts(std::uint64_t size, PartBounds bounds);
// Whether they are numbered in order, lie side by side and cover `size` bytes.
bool covers(const std::vector<BlobPart>& parts, std::uint64_t size);

std::string to_text(const BlobPart& part);
std::optional<BlobPart> parse_part(std::string_view text);

}  // namespace fragua::models
