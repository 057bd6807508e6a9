// BlobStore: immutable bytes named by their SHA-256, in Ollama's layout (blobs/sha256-<hex>).
// Callers: store, creator, registry/, api/ (uploads); on a worker, never on the loop. Threads: any.
// A blob is visible only after its SHA-256 was checked and its bytes are on disk; what is cut short leaves nothing
// behind. Never follows text from outside into a path: paths are made from Digests.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "models/digest.h"
#include "models/progress.h"

namespace fragua::models {

struct StoredBlob {
  Digest digest;
  std::uint64_t size = 0;
  bool created = false;  // false: it was there already
};

// Two processes on one store: whoever adds blobs and then names them in a manifest holds `adding()` (a shared flock on
// <root>/.fragua.lock) from the first blob to the manifest; what deletes holds it exclusively. Reading needs no lock.
// Held until destroyed.
class StoreLock {
 public:
  enum class Kind { shared, exclusive };
  // Waits; `exclusive` never waits in the store's own code (see try_exclusive).
  static StoreLock acquire(const fs::path& root, Kind kind);
  static std::optional<StoreLock> try_exclusive(const fs::path& root);
  StoreLock(StoreLock&& other) noexcept;
  StoreLock& operator=(StoreLock&&) = delete;
  ~StoreLock();

 private:
  explicit StoreLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

// A file (or folder) in blobs/ that is not a blob yet. Removed when destroyed; if its process dies, the next one to
// open the store removes it (it is flocked while alive).
class ScratchFile {
 public:
  ScratchFile(ScratchFile&& other) noexcept;
  ScratchFile& operator=(ScratchFile&&) = delete;
  ~ScratchFile();
  const fs::path& path() const { return path_; }
  int descriptor() const { return descriptor_; }

 private:
  friend class BlobStore;
  ScratchFile(fs::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  fs::path path_;
  int descriptor_ = -1;
};

class BlobStore;

// Hashes while it writes. Threads: one at a time. Destroyed without commit: nothing stays.
class BlobWriter {
 public:
  // Error(storage_full), Error(too_large) beyond the size it was opened for.
  void write(std::string_view bytes);
  std::uint64_t written() const { return written_; }
  StoredBlob commit();
  // The failure says that the bytes are others than `expected`'s; then nothing stays.
  Result<StoredBlob> commit_as(const Digest& expected);

 private:
  friend class BlobStore;
  BlobWriter(BlobStore& store, ScratchFile scratch, std::uint64_t max_bytes);
  StoredBlob publish(const Digest& digest);
  BlobStore& store_;
  ScratchFile scratch_;
  std::uint64_t max_bytes_;
  std::uint64_t written_ = 0;
  Sha256 hash_;
};

struct BlobInfo {
  Digest digest;
  std::uint64_t size = 0;
  std::chrono::system_clock::time_point modified_at;
};

class BlobStore {
 public:
  // Makes the folders when `root` can be written, and removes what dead writers left and stale partial downloads.
  explicit BlobStore(fs::path root);
  const fs::path& root() const { return root_; }

  bool has(const Digest& digest) const;
  fs::path path(const Digest& digest) const;                              // where it is or would be
  std::uint64_t size(const Digest& digest) const;                         // Error(not_found)
  std::string read(const Digest& digest, std::uint64_t max_bytes) const;  // small ones: templates, parameters
  std::vector<BlobInfo> list() const;

  StoreLock adding() const { return StoreLock::acquire(root_, StoreLock::Kind::shared); }

  StoredBlob put(std::string_view bytes);
  // `expected_bytes` reserves the space at once where the file system can (an early storage_full).
  BlobWriter writer(std::optional<std::uint64_t> expected_bytes = std::nullopt);
  // A file of this machine: reflink, else hard link, else copy. The whole file is read for its hash.
  // A hard link is made only of a regular file; whoever later changes that file in place changes the blob.
  StoredBlob import_file(const fs::path& source, const ByteProgress& progress = {});
  // A path for tools that write files themselves (quantiser, safetensors import), and its way to become a blob.
  ScratchFile scratch();
  ScratchFile scratch_folder();
  StoredBlob adopt(ScratchFile scratch, const ByteProgress& progress = {});

  // A resumable download: the caller writes the parts and keeps its state beside it (partial_path + "-…").
  fs::path partial_path(const Digest& digest) const;  // blobs/sha256-<hex>-partial
  // Checks the hash and makes it visible. A failure (other bytes) removes the partial file.
  Result<StoredBlob> adopt_partial(const Digest& digest, const ByteProgress& progress = {});

  // Marks it as just used, so that garbage collection's grace period starts again.
  void touch(const Digest& digest) const;
  // Only under the exclusive lock. false: it was not there.
  bool remove(const Digest& digest);

 private:
  friend class BlobWriter;
  void clean_leftovers();
  std::optional<ScratchFile> link_scratch(const fs::path& source, const fs::path& link);
  StoredBlob adopt_link(const fs::path& source, const ScratchFile& linked, const ByteProgress& progress);
  bool publish(const fs::path& from, const Digest& digest);
  fs::path root_;
};

}  // namespace fragua::models
