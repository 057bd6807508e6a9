// PartialBlob: a blob that is being downloaded: its file beside the store's blobs, and beside that one small file a
// part saying how much of it is there (blobs/sha256-<hex>-partial and …-partial-<n>). A killed process and a power cut
// leave a state that is never ahead of the bytes.
// Callers: blob_download. Threads: one at a time; blocks on the disk. One process at a time (flock).
// Never visible as a blob: only BlobStore::adopt_partial makes it one, after the hash.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "models/blob_store.h"
#include "models/registry/blob_part.h"

namespace fragua::models {

struct PartialPlan {
  Digest digest;
  std::uint64_t size = 0;
  PartBounds bounds;
  std::uint64_t record_every_bytes = 4u << 20;
};

class PartialBlob {
 public:
  // Nothing while another download holds it. Error(storage_full) when the rest of it cannot fit.
  static std::unique_ptr<PartialBlob> open(const BlobStore& store, PartialPlan plan);
  PartialBlob(fs::path path, int descriptor, PartialPlan plan);  // open() makes them
  ~PartialBlob();                                                // records how far it came; without a byte, nothing stays
  PartialBlob(const PartialBlob&) = delete;
  PartialBlob& operator=(const PartialBlob&) = delete;

  std::vector<BlobPart>& parts() { return parts_; }
  std::uint64_t completed() const;
  std::uint64_t resumed() const { return resumed_; }  // what was there when it was opened
  bool complete() const;

  // At the part's position, at most what it lacks. The failure is the disk's.
  Result<void> write(BlobPart& part, std::string_view bytes);
  // How far each part came.
  void record();
  // One part from the start on, for servers that know no ranges: keeps the bytes that lie together at the front.
  void merge();
  // Forgets every byte.
  void restart();
  // After it became a blob: its state has no more use.
  void forget();

 private:
  fs::path state_path(const BlobPart& part) const;
  bool load();
  void record(BlobPart& part);
  void remove_states();
  void require_space() const;

  fs::path path_;
  int descriptor_ = -1;
  PartialPlan plan_;
  std::vector<BlobPart> parts_;
  std::vector<std::uint64_t> recorded_;
  std::uint64_t resumed_ = 0;
  bool forgotten_ = false;
};

}  // namespace fragua::models
