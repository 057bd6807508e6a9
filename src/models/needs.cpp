#include "models/needs.h"

#include "base/error.h"

namespace fragua::models {

namespace {

constexpr std::uint64_t kBytesOfNumber = 2;

}  // namespace

std::uint64_t kv_bytes_per_token(const GgufHeader& header) {
  const auto number = [&](std::string_view key) { return header.of_architecture(key).value_or(0); };
  const auto layers = number("block_count"), heads = number("attention.head_count"), width = number("embedding_length");
  if (layers == 0 || heads == 0) return 0;
  const auto kv_heads = header.of_architecture("attention.head_count_kv").value_or(heads);
  const auto key = header.of_architecture("attention.key_length").value_or(width / heads);
  const auto value = header.of_architecture("attention.value_length").value_or(width / heads);
  return layers * kv_heads * (key + value) * kBytesOfNumber;
}

std::optional<ModelNeeds> needs_of(ModelStore& store, HeaderCache& headers, const ModelName& name, std::uint32_t context_tokens) {
  try {
    const auto model = store.find(name);
    if (!model) return std::nullopt;
    ModelNeeds needs{capabilities_of(*model, store.blobs(), headers), model->size};
    if (model->model_digest) needs.memory_bytes += kv_bytes_per_token(*headers.get(store.blobs(), *model->model_digest)) * context_tokens;
    return needs;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace fragua::models
