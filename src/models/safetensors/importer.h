// HuggingFaceImporter: a folder of Hugging Face safetensors becomes one GGUF of F16 (vectors and positions in F32).
// Callers: models/creator, through SafetensorsImporter. Threads: any, blocking, on a worker; cancelled by throwing from
// the progress callback. Nothing is left at `output` when it fails. Runs no code of the model and no template.
#pragma once
#include <map>
#include <string>

#include "base/files.h"
#include "models/creator.h"
#include "models/progress.h"

namespace fragua::models {

class SourceFiles;

class HuggingFaceImporter final : public SafetensorsImporter {
 public:
  // Error: not_found, invalid_argument (config.json), unsupported (architecture, tokenizer, data type), corrupt,
  // storage_full.
  void import(const fs::path& folder, const fs::path& output, const ByteProgress& progress) override;
  // The same for files that lie elsewhere (blobs): name in the model's folder -> path.
  void import_files(const std::map<std::string, fs::path>& files, const fs::path& output, const ByteProgress& progress);

 private:
  void convert(const SourceFiles& files, const std::string& fallback_name, const fs::path& output,
               const ByteProgress& progress);
};

}  // namespace fragua::models
