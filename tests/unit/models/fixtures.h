// What the tests of the store share: folders that vanish, small GGUF files, a quiet log.
// Callers: tests/unit/models. Threads: one.
#pragma once
#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "models/gguf_writer.h"
#include "models/store.h"

namespace fragua::models {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "fragua-test-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const fs::path& path() const { return path_; }
  fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

inline std::vector<std::string> file_names(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

// The code of the Error that `work` throws, and its message.
template <class Work>
std::pair<std::string, std::string> error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return {std::string(name_of(error.code())), error.what()};
  }
  return {"none", ""};
}

struct SmallGguf {
  std::string architecture = "llama";
  std::uint32_t file_type = 1;
  std::string type;  // general.type
  std::string chat_template;
  bool pooling = false;
  std::vector<std::string> more_tensors;
  std::vector<std::pair<std::string, std::string>> more_texts;
  std::vector<std::pair<std::string, std::vector<std::uint64_t>>> shaped_tensors;
  std::string salt;  // makes another file of the same model
};

inline void write_small_gguf(const fs::path& path, const SmallGguf& model = {}) {
  GgufWriter writer(path);
  writer.set_string("general.architecture", model.architecture);
  if (!model.type.empty()) writer.set_string("general.type", model.type);
  writer.set_string("general.name", "Small" + model.salt);
  writer.set_uint32("general.file_type", model.file_type);
  writer.set_uint32(model.architecture + ".context_length", 2048);
  writer.set_uint32(model.architecture + ".embedding_length", 64);
  writer.set_uint32(model.architecture + ".block_count", 2);
  if (model.pooling) writer.set_uint32(model.architecture + ".pooling_type", 1);
  writer.set_float(model.architecture + ".rope.freq_base", 10000.0F);
  writer.set_string("tokenizer.ggml.model", "gpt2");
  writer.set_strings("tokenizer.ggml.tokens", {"a", "b", "c", "d", "e", "f", "g"});
  writer.set_int32s("tokenizer.ggml.token_type", {1, 1, 1});
  if (!model.chat_template.empty()) writer.set_string("tokenizer.chat_template", model.chat_template);
  for (const auto& [key, text] : model.more_texts) writer.set_string(key, text);
  writer.add_tensor("token_embd.weight", {64, 7}, TensorType::f16);
  for (const auto& name : model.more_tensors) writer.add_tensor(name, {32}, TensorType::f32);
  for (const auto& [name, shape] : model.shaped_tensors) writer.add_tensor(name, shape, TensorType::f32);
  writer.add_tensor("blk.0.attn_q.weight", {64, 3}, TensorType::q4_0);
  writer.write_header();
  writer.append(std::string(writer.data_bytes(), 'x'));
  writer.finish();
}

inline std::string small_gguf_bytes(const SmallGguf& model = {}) {
  TemporaryFolder folder;
  write_small_gguf(folder / "small.gguf", model);
  return read_file(folder / "small.gguf");
}

// A model in the store made of the given layers (media type, bytes).
inline Manifest put_model(ModelStore& store, const std::string& name,
                          const std::vector<std::pair<std::string_view, std::string>>& layers,
                          const ConfigBody& config = {}) {
  const auto adding = store.blobs().adding();
  std::vector<ManifestLayer> list;
  for (const auto& [type, bytes] : layers) {
    const auto blob = store.blobs().put(bytes);
    list.push_back({std::string(type), blob.digest, blob.size, "", ""});
  }
  const auto blob = store.blobs().put(config.to_bytes());
  auto manifest = Manifest::of({std::string(media::kConfig), blob.digest, blob.size, "", ""}, list);
  store.put(ModelName::require(name), manifest);
  return manifest;
}

struct StoreFixture {
  TemporaryFolder folder;
  Log log{LogFormat::silent};
  ModelStore store{folder.path(), log};
};

}  // namespace fragua::models
