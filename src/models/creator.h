// Creator: makes a model from parts (`create`): a base model of the store, GGUF files or a folder of safetensors, and
// what a Modelfile sets over it; writes the layers and then the manifest.
// Callers: api/ (create). Threads: any, blocking, on a worker; cancelled by throwing from the progress callback, and
// then no manifest is written and unnamed blobs go with the next garbage collection.
// Reads files by path only from `local_paths`, which only a trusted caller on this machine may fill.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "models/gguf_header.h"
#include "models/progress.h"
#include "models/store.h"

namespace fragua::modelfile {
struct Modelfile;
}

namespace fragua::models {

// A folder of safetensors (config.json, tokenizer.json, *.safetensors) to one GGUF. One implementation: safetensors/.
class SafetensorsImporter {
 public:
  virtual ~SafetensorsImporter() = default;
  // Writes `out` (F16). Error(unsupported) that names an architecture that cannot be imported.
  virtual void import(const fs::path& folder, const fs::path& out, const ByteProgress& progress) = 0;
};

// llama.cpp's quantiser, in a child process.
class Quantizer {
 public:
  virtual ~Quantizer() = default;
  virtual void quantize(const fs::path& in, const fs::path& out, const std::string& file_type,
                        const ByteProgress& progress) = 0;
};

// As the API sends it, one line each.
struct CreateProgress {
  std::string status;  // "gathering model components", "creating new layer sha256:…", "writing manifest", "success"
  std::optional<Digest> digest;
  std::uint64_t total = 0;
  std::uint64_t completed = 0;
};
using CreateListener = std::function<void(const CreateProgress&)>;

struct CreateRequest {
  ModelName name;
  std::optional<ModelName> from;        // a model of the store
  std::map<std::string, Digest> files;  // relative file name -> blob: GGUFs, or the files of a safetensors folder
  std::map<std::string, Digest> adapters;
  std::vector<fs::path> local_paths;  // GGUF files or one folder of safetensors on this machine
  std::vector<fs::path> local_adapters;
  std::optional<std::string> template_;
  std::optional<std::string> system;
  json::object parameters;
  std::vector<StoredMessage> messages;
  std::vector<std::string> licenses;
  std::string requires_;
  std::string renderer;
  std::string parser;
  std::string quantize;  // "q4_K_M"; empty: as it is
};

// What a Modelfile says, over a request. FROM and ADAPTER stay with the caller, who knows whether they are names or
// files.
void apply(const modelfile::Modelfile& file, CreateRequest& request);

class Creator {
 public:
  Creator(ModelStore& store, SafetensorsImporter& importer, Quantizer& quantizer)
      : store_(store), importer_(importer), quantizer_(quantizer) {}

  // Error(invalid_argument, not_found, unsupported, corrupt, storage_full). Ends with the status "success".
  void create(const CreateRequest& request, const CreateListener& listener = {});

 private:
  ModelStore& store_;
  SafetensorsImporter& importer_;
  Quantizer& quantizer_;
};

}  // namespace fragua::models
