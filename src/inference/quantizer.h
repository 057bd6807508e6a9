// ChildQuantizer: llama.cpp's quantiser in a child process (`fragua quantize`), so that a bad file cannot take the server along.
// Callers: models/creator on a worker. Threads: any, blocking. Progress comes line by line from the child.
#pragma once
#include <string>
#include <vector>

#include "models/creator.h"

namespace fragua::inference {

class ChildQuantizer : public models::Quantizer {
 public:
  // `argv`: the program and its sub-command; IN, OUT and TYPE are appended.
  explicit ChildQuantizer(std::vector<std::string> argv) : argv_(std::move(argv)) {}
  void quantize(const fs::path& in, const fs::path& out, const std::string& file_type, const models::ByteProgress& progress) override;

 private:
  std::vector<std::string> argv_;
};

}  // namespace fragua::inference
