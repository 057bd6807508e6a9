// SafetensorsFile: one .safetensors file, its header checked in full before a byte of data is believed.
// Callers: models/safetensors. Threads: any once open; read() blocks and uses pread, so readers do not disturb each
// other. Never maps the file: one that shrinks under us is an error, not a crash.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace fragua::models {

enum class SourceType { f32, f16, bf16, other };  // `other` may stand in a file, but is never converted

struct SourceTensor {
  std::string name;
  std::string type_name;  // as the file says: "F32", "I64"
  SourceType type = SourceType::other;
  std::vector<std::uint64_t> shape;  // outermost first
  std::uint64_t offset = 0;          // from the start of the file
  std::uint64_t bytes = 0;
};

class SafetensorsFile {
 public:
  static constexpr std::uint64_t kHeaderMaxBytes = 100ull << 20;
  static constexpr std::size_t kHeaderMaxValues = 4'000'000;  // bounds what parsing the header may allocate
  static constexpr std::size_t kTensorsMax = 200'000;
  static constexpr std::size_t kRankMax = 8;
  static constexpr std::size_t kNameMaxBytes = 512;

  // `shown` is the name for people. Error: corrupt, too_large, not_found, unavailable.
  SafetensorsFile(const fs::path& path, std::string shown);

  const std::string& shown() const { return shown_; }
  const std::map<std::string, SourceTensor>& tensors() const { return tensors_; }
  // Fills `to` from `from_byte` of the tensor's data. Error: corrupt when the file ends before.
  void read(const SourceTensor& tensor, std::uint64_t from_byte, std::span<char> to) const;

 private:
  struct Close {
    void operator()(int* descriptor) const;
  };
  std::string shown_;
  std::unique_ptr<int, Close> descriptor_;
  std::map<std::string, SourceTensor> tensors_;
};

}  // namespace fragua::models
