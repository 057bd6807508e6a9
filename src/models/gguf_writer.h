// GgufWriter: writes a GGUF v3 file: keys, then the tensor table, then the tensors' data one after the other, padded.
// Callers: safetensors/, creator (merging splits), tests. Threads: one at a time.
// Error(storage_full) and Error(unavailable) from the disk. Wrong order or sizes are our bugs: CHECK.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "models/gguf_types.h"

namespace fragua::models {

struct GgufHeader;

//   GgufWriter writer(path);
//   writer.set_string("general.architecture", "llama");
//   writer.add_tensor("token_embd.weight", {64, 1000}, TensorType::f16);   // fastest dimension first
//   writer.write_header();
//   writer.append(bytes);  // in any pieces, in the order of add_tensor; padding is added between tensors
//   writer.finish();       // fsync
class GgufWriter {
 public:
  explicit GgufWriter(fs::path path);  // created or emptied
  ~GgufWriter();
  GgufWriter(const GgufWriter&) = delete;
  GgufWriter& operator=(const GgufWriter&) = delete;

  // A key set twice keeps its place and its last value.
  void set_uint32(std::string_view key, std::uint32_t value);
  void set_int32(std::string_view key, std::int32_t value);
  void set_uint64(std::string_view key, std::uint64_t value);
  void set_float(std::string_view key, float value);
  void set_bool(std::string_view key, bool value);
  void set_string(std::string_view key, std::string_view value);
  void set_strings(std::string_view key, const std::vector<std::string>& values);
  void set_int32s(std::string_view key, const std::vector<std::int32_t>& values);
  void set_uint32s(std::string_view key, const std::vector<std::uint32_t>& values);
  void set_floats(std::string_view key, const std::vector<float>& values);

  // At most four dimensions, the fastest first; the bytes follow from shape and type.
  void add_tensor(std::string_view name, const std::vector<std::uint64_t>& shape, TensorType type);
  static std::uint64_t tensor_bytes(const std::vector<std::uint64_t>& shape, TensorType type);

  void write_header();
  void append(std::string_view bytes);
  std::uint64_t data_bytes() const;  // of all tensors, without padding: the total for progress
  std::uint64_t written_bytes() const { return written_bytes_; }  // tensor data so far
  void finish();

 private:
  struct Key {
    std::string name;
    std::string encoded;  // type and value
  };
  struct Tensor {
    std::string name;
    std::vector<std::uint64_t> shape;
    TensorType type;
    std::uint64_t bytes;
  };
  void set(std::string_view key, std::string encoded);
  void write(std::string_view bytes);
  void flush();
  void pad();

  fs::path path_;
  int descriptor_ = -1;
  std::vector<Key> keys_;
  std::vector<Tensor> tensors_;
  std::string buffer_;
  std::uint64_t position_ = 0;
  std::uint64_t written_bytes_ = 0;
  std::size_t current_tensor_ = 0;
  std::uint64_t current_left_ = 0;
  bool header_written_ = false;
};

}  // namespace fragua::models
