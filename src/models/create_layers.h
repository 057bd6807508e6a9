// LayerSet: the layers of a model that is being made, replaced and appended to as Ollama's `create` does.
// Callers: creator. Threads: one at a time; writes small blobs.
// Never removes a blob: what a replaced layer leaves goes with the next garbage collection.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "models/blob_store.h"
#include "models/manifest.h"
#include "models/store.h"

namespace fragua::models {

class LayerSet {
 public:
  explicit LayerSet(BlobStore& blobs) : blobs_(blobs) {}

  // A base model's layer, noted as taken `from` it.
  void inherit(const ManifestLayer& layer, const std::string& from);
  void add(std::string_view media_type, const StoredBlob& blob);
  void replace(std::string_view media_type, const StoredBlob& blob);

  void set_template(const std::string& text);
  void set_system(const std::string& text);
  void add_license(const std::string& text);           // once, however often it is given
  void merge_parameters(const json::object& changes);  // over those that are there
  void set_messages(const std::vector<StoredMessage>& messages);

  const ManifestLayer* first(std::string_view media_type) const;
  std::size_t count(std::string_view media_type) const;
  // "using existing layer sha256:…" and "creating new layer sha256:…", in order.
  std::vector<std::string> statuses() const;
  std::vector<ManifestLayer> take();

 private:
  struct Item {
    ManifestLayer layer;
    bool created = false;
  };
  void remove(std::string_view media_type);
  BlobStore& blobs_;
  std::vector<Item> items_;
};

}  // namespace fragua::models
