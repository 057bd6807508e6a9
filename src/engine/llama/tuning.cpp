#include "engine/llama/tuning.h"

#include <fmt/format.h>
#include <ggml-backend.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <future>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/sha256.h"
#include "engine/llama/attention_timer.h"
#include "engine/llama/metadata.h"

namespace fragua::engine {

namespace {

constexpr AttentionWork kDecode{1, 2048};
constexpr AttentionWork kPrefill{64, 2048};
// A dialogue's step computes more prompt than answer; the weight of a prompt token beside one of the answer.
constexpr double kPromptTokensPerAnswerToken = 2;
// Within this the measurement cannot tell them apart, and llama.cpp's own choice stands.
constexpr double kWorthChanging = 0.97;
constexpr int kRounds = 3;
// On a busy machine the figures would mean nothing: then nothing is decided, and the next load tries again.
constexpr std::chrono::milliseconds kTimeLimit{2000};

struct Figures {
  double decode_ms = 0;   // attention of all layers, a token
  double prefill_ms = 0;  // the same
  double cost_ms() const { return decode_ms + kPromptTokensPerAnswerToken * prefill_ms; }
};

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  std::string text;
  for (std::string line; std::getline(info, line) && !line.empty();)
    if (line.starts_with("model name") || line.starts_with("flags") || line.starts_with("Features")) text += line;
  return text;
}

// Nothing where attention has no ordinary shape: such models keep llama.cpp's choice.
std::optional<AttentionShape> shape_of(const llama_model* model) {
  if (llama_model_is_recurrent(model) || llama_model_is_hybrid(model)) return std::nullopt;
  AttentionShape shape{llama_model_n_layer(model), llama_model_n_head(model), llama_model_n_head_kv(model), 0};
  if (shape.layers <= 0 || shape.heads <= 0 || shape.heads_kv <= 0) return std::nullopt;
  const auto prefix = metadata(model, "general.architecture") + ".attention.";
  shape.head_size = metadata_number(model, prefix + "key_length", llama_model_n_embd(model) / shape.heads);
  const bool ordinary = metadata_number(model, prefix + "value_length", shape.head_size) == shape.head_size;
  if (!ordinary || shape.head_size <= 0 || shape.heads % shape.heads_kv != 0) return std::nullopt;
  return shape;
}

struct Measured {
  Figures with;
  Figures without;
  bool flash_pays() const { return without.cost_ms() > with.cost_ms() * kWorthChanging; }
};

// The best of some rounds, the four timers in turn; nothing when that takes too long.
std::optional<Measured> measure(const AttentionShape& shape, int threads) {
  const auto start = std::chrono::steady_clock::now();
  Measured measured;
  struct Entry {
    AttentionTimer timer;
    double& best_ms;
  };
  Entry entries[] = {{{shape, kDecode, true, threads}, measured.with.decode_ms},
                     {{shape, kDecode, false, threads}, measured.without.decode_ms},
                     {{shape, kPrefill, true, threads}, measured.with.prefill_ms},
                     {{shape, kPrefill, false, threads}, measured.without.prefill_ms}};
  for (int round = 0; round < kRounds; ++round) {
    for (auto& [timer, best_ms] : entries) {
      const double ms = timer.run_ms();
      best_ms = round == 0 ? ms : std::min(best_ms, ms);
      if (std::chrono::steady_clock::now() - start > kTimeLimit) return std::nullopt;
    }
  }
  return measured;
}

// Of a shape, so that a model, its other quantisations and those made from it with adapters compute alike.
fs::path file_of(const TuningRequest& request, const AttentionShape& shape) {
  Sha256 key;
  key.update(fmt::format("{} layers, {} heads, {} for keys of {}; {} threads; {} {}", shape.layers, shape.heads, shape.heads_kv, shape.head_size, request.threads,
                         processor(), FRAGUA_LLAMA_VERSION));
  return request.folder / ("attention-" + key.hex().substr(0, 16) + ".json");
}

std::optional<bool> remembered(const fs::path& file) {
  if (!fs::exists(file)) return std::nullopt;
  std::ifstream in(file);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  boost::system::error_code damaged;
  const auto value = json::parse(text, damaged);
  const auto* object = damaged ? nullptr : value.if_object();
  const auto* choice = object ? find_member(*object, "flash_attention") : nullptr;
  return choice && choice->is_bool() ? std::optional(choice->get_bool()) : std::nullopt;
}

json::object described(const Figures& figures) {
  return {{"decode_ms_per_token", figures.decode_ms}, {"prefill_ms_per_token", figures.prefill_ms}};
}

// A convenience: what cannot be kept is measured again.
void keep(const fs::path& file, const TuningRequest& request, const Measured& measured) {
  const json::object record{{"model", request.name},
                            {"threads", request.threads},
                            {"depth_tokens", kDecode.depth},
                            {"flash_attention", measured.flash_pays()},
                            {"with", described(measured.with)},
                            {"without", described(measured.without)}};
  std::error_code ignored;
  fs::create_directories(request.folder, ignored);
  std::ofstream(file) << to_pretty_json(record) << '\n';
}

}  // namespace

Tuning tuned(const TuningRequest& request) {
  const auto shape = shape_of(request.model);
  if (!shape) return {};
  const auto as_tuning = [](bool flash) {
    return Tuning{flash ? LLAMA_FLASH_ATTN_TYPE_AUTO : LLAMA_FLASH_ATTN_TYPE_DISABLED};
  };
  const auto file = request.folder.empty() ? fs::path() : file_of(request, *shape);
  if (!file.empty())
    if (const auto before = remembered(file)) return as_tuning(*before);
  // On a thread that ends: libgomp counts the helpers of every thread that ever computed, and when there are more of them than cores all
  // helpers sleep between two steps instead of spinning. Decoding was a quarter slower until the model was loaded again.
  const auto measured = std::async(std::launch::async, measure, *shape, request.threads).get();
  if (!measured) return {};
  if (!file.empty()) keep(file, request, *measured);
  return as_tuning(measured->flash_pays());
}

}  // namespace fragua::engine
