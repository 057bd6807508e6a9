// TensorSet: all tensors of a model, from one file or from the parts that model.safetensors.index.json names.
// Callers: models/safetensors. Threads: any once built; reads block.
// Never accepts an index and parts that disagree: a missing part is named.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "models/safetensors/reader.h"
#include "models/safetensors/source_files.h"

namespace fragua::models {

struct LocatedTensor {
  const SafetensorsFile* file = nullptr;
  const SourceTensor* tensor = nullptr;
};

class TensorSet {
 public:
  static constexpr std::size_t kPartsMax = 1'000;

  // Error: not_found (no weights), corrupt, unsupported (an adapter, or weights that are not safetensors).
  explicit TensorSet(const SourceFiles& files);

  // Part by part, by name within each.
  const std::vector<LocatedTensor>& all() const { return tensors_; }

 private:
  void add_part(const SourceFiles& files, const std::string& name);

  std::vector<std::unique_ptr<SafetensorsFile>> parts_;
  std::vector<LocatedTensor> tensors_;
};

}  // namespace fragua::models
