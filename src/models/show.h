// show: what `/api/show` and `fragua show` tell about a model, read from its layers and its GGUF header.
// Callers: api/, inference/ (capabilities). Threads: any, blocking (reads a header), on a worker.
// Headers are remembered by digest, so that asking again costs nothing.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/json.h"
#include "models/gguf_facts.h"
#include "models/store.h"

namespace fragua::models {

// Brief headers of blobs (a path's content never changes), the last few dozen. Threads: any.
// Error(invalid_argument, corrupt): the file is no GGUF that may be loaded.
class HeaderCache {
 public:
  std::shared_ptr<const GgufHeader> get(const fs::path& blob);
  std::shared_ptr<const GgufHeader> get(const BlobStore& blobs, const Digest& digest) { return get(blobs.path(digest)); }

 private:
  std::mutex mutex_;
  std::map<fs::path, std::shared_ptr<const GgufHeader>> headers_;
  std::vector<fs::path> order_;
};

struct ModelDetails {
  std::string parent_model;
  std::string format;
  std::string family;
  std::vector<std::string> families;
  std::string parameter_size;
  std::string quantization_level;
};

struct ShowResult {
  std::string license;
  std::string modelfile;
  std::string parameters;
  std::string template_;  // the Go template, else the GGUF's Jinja text
  std::string system;
  ModelDetails details;
  std::vector<StoredMessage> messages;
  json::object model_info;
  json::object projector_info;
  json::array tensors;  // only when verbose
  std::vector<std::string> capabilities;
  SystemTime modified_at;
  std::string requires_;
  std::string renderer;
  std::string parser;
};

struct ShowOptions {
  bool verbose = false;    // long arrays and the tensor table too
  bool blob_paths = true;  // FROM with the blob's path, as Ollama prints it; false: FROM with the model's name
};

ModelDetails details_of(const ConfigBody& config, const std::string& parent_model);
// "completion", "embedding", "vision", "tools", "insert", "thinking"
std::vector<std::string> capabilities_of(const StoredModel& model, const BlobStore& blobs, HeaderCache& headers);
ShowResult show(const StoredModel& model, const BlobStore& blobs, HeaderCache& headers, ShowOptions options = {});

// Ollama's aligned text: name padded to 30, one line a value, strings quoted.
std::string parameters_text(const json::object& parameters);
std::string modelfile_text(const StoredModel& model, bool blob_paths);

}  // namespace fragua::models
