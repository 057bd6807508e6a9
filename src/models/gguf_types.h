// The value types, tensor types and file types of GGUF, with the names people know them by.
// Callers: gguf_header, gguf_writer, safetensors/, show. Threads: any; tables.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fragua::models {

enum class GgufType : std::uint32_t {
  uint8 = 0,
  int8 = 1,
  uint16 = 2,
  int16 = 3,
  uint32 = 4,
  int32 = 5,
  float32 = 6,
  boolean = 7,
  string = 8,
  array = 9,
  uint64 = 10,
  int64 = 11,
  float64 = 12,
};

// As ggml numbers them; only those that our own code names.
enum class TensorType : std::uint32_t { f32 = 0, f16 = 1, q4_0 = 2, q8_0 = 8, q4_K = 12, q6_K = 14, bf16 = 30 };

struct TensorLayout {
  std::string_view name;  // "Q4_K"
  std::uint32_t block_elements;
  std::uint32_t block_bytes;
};

// Nothing for a type that llama.cpp does not know (or no longer).
std::optional<TensorLayout> layout_of(std::uint32_t tensor_type);
// general.file_type: 15 -> "Q4_K_M"; "unknown" for others.
std::string_view file_type_name(std::uint64_t file_type);
std::optional<std::uint32_t> file_type_number(std::string_view name);  // without regard to case

}  // namespace fragua::models
