#include "models/needs.h"

#include "fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

GgufHeader header_with(const std::vector<std::pair<std::string, std::uint64_t>>& numbers) {
  GgufHeader header;
  header.keys.push_back({"general.architecture", GgufType::string, std::string("llama")});
  for (const auto& [key, number] : numbers) header.keys.push_back({"llama." + key, GgufType::uint64, number});
  return header;
}

}  // namespace

TEST_CASE("needs: a token's keys and values over all layers, at 16 bits") {
  CHECK(kv_bytes_per_token(header_with({{"block_count", 28}, {"attention.head_count", 12}, {"attention.head_count_kv", 2}, {"embedding_length", 1536}})) ==
        28 * 2 * (128 + 128) * 2);
  CHECK(kv_bytes_per_token(header_with({{"block_count", 2},
                                        {"attention.head_count", 4},
                                        {"embedding_length", 64},
                                        {"attention.key_length", 32},
                                        {"attention.value_length", 16}})) == 2 * 4 * 48 * 2);
  CHECK(kv_bytes_per_token(header_with({})) == 0);
}

TEST_CASE("needs: of a stored model, and nothing of one that is damaged or not there") {
  StoreFixture f;
  HeaderCache headers;
  put_model(f.store, "m", {{media::kModel, small_gguf_bytes()}});
  put_model(f.store, "broken", {{media::kModel, "GGUF, but no more"}});
  const auto needs = needs_of(f.store, headers, ModelName::require("m"), 4096);
  REQUIRE(needs.has_value());
  CHECK(needs->memory_bytes > 0);
  CHECK(needs->capabilities == std::vector<std::string>{"completion"});
  CHECK_FALSE(needs_of(f.store, headers, ModelName::require("broken"), 4096).has_value());
  CHECK_FALSE(needs_of(f.store, headers, ModelName::require("nobody"), 4096).has_value());
}
