// GgufHeader: the metadata and tensor table of a GGUF v2/v3 file, read by our own bounded reader before llama.cpp ever
// sees the file. What passes here has sane counts, known types, aligned tensors inside the file and no overflow.
// Callers: creator, show, registry/, inference/ (before a load). Threads: any; reads the file, keeps no descriptor.
// Memory stays under a few MiB unless details are asked for. Never executes or interprets a template.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/files.h"
#include "base/json.h"
#include "models/gguf_types.h"

namespace fragua::models {

struct GgufLimits {
  std::uint64_t max_keys = 100'000;
  std::uint64_t max_tensors = 200'000;
  std::uint64_t max_key_bytes = 65'535;
  std::uint64_t max_tensor_name_bytes = 63;       // ggml's
  std::uint64_t max_string_bytes = 16ull << 20;   // one string
  std::uint64_t max_kept_bytes = 64ull << 20;     // all that is kept
  std::uint64_t max_array_elements = 1ull << 26;  // one array
  std::uint64_t max_header_bytes = 1ull << 30;
  std::uint64_t brief_array_elements = 512;  // longer arrays are counted, not kept, unless details are asked for
};

struct GgufArray {
  GgufType element_type = GgufType::uint8;
  std::uint64_t count = 0;
  json::array values;  // empty when it was too long to keep
};

using GgufScalar = std::variant<bool, std::int64_t, std::uint64_t, double, std::string, GgufArray>;

struct GgufKey {
  std::string key;
  GgufType type = GgufType::uint8;
  GgufScalar value;
};

struct GgufTensor {
  std::string name;
  std::uint32_t dimensions = 0;
  std::array<std::uint64_t, 4> shape{1, 1, 1, 1};  // fastest first, as ggml counts
  std::uint32_t type = 0;
  std::uint64_t offset = 0;  // from data_offset
  std::uint64_t bytes = 0;
  std::uint64_t elements() const { return shape[0] * shape[1] * shape[2] * shape[3]; }
};

struct GgufHeader {
  std::uint32_t version = 0;
  std::uint64_t alignment = 32;
  std::uint64_t data_offset = 0;
  std::uint64_t file_bytes = 0;
  std::vector<GgufKey> keys;  // in the file's order
  std::vector<GgufTensor> tensors;

  const GgufKey* find(std::string_view key) const;
  std::string text(std::string_view key, std::string fallback = "") const;
  std::optional<std::uint64_t> number(std::string_view key) const;  // integers that are not negative
  bool flag(std::string_view key) const;
  bool has(std::string_view key) const { return find(key) != nullptr; }
  // "<architecture>.<key>"
  std::optional<std::uint64_t> of_architecture(std::string_view key) const;
  bool has_tensor(std::string_view name) const;
  bool has_tensor_prefix(std::string_view prefix) const;

  std::string architecture() const { return text("general.architecture"); }
  std::uint64_t parameter_count() const;
};

enum class GgufDetail { brief, all };

// Error(not_found), Error(corrupt) or Error(unsupported), which say what is wrong and at which byte, key or tensor.
GgufHeader inspect_gguf(const fs::path& path, GgufDetail detail = GgufDetail::brief, const GgufLimits& limits = {});
// The same for bytes in memory (tests, fuzzing).
GgufHeader inspect_gguf_bytes(std::string_view bytes, GgufDetail detail = GgufDetail::brief,
                              const GgufLimits& limits = {});
// The first four bytes.
bool looks_like_gguf(const fs::path& path);

}  // namespace fragua::models
