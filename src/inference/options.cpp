#include "inference/options.h"

#include <algorithm>
#include <array>

#include "base/body.h"

namespace fragua::inference {

namespace {

constexpr std::uint32_t kContextMax = 4'194'304;
constexpr std::size_t kStopsMax = 64;

// Options of llama.cpp's runtime that Fragua chooses itself (engine.md, E12): taken and without effect.
constexpr std::array<std::string_view, 6> kWithoutEffect = {"num_keep", "num_batch", "main_gpu", "numa", "low_vram", "use_mlock"};
constexpr std::int32_t kThreadsMax = 1024;

struct Options {
  engine::SamplingOptions sampling;
  AppliedOptions rest;
};

template <class V>
void describe(V& field, Options& options) {
  describe(field, options.sampling);
  field.optional("num_predict", options.rest.num_predict);
  field.optional("num_ctx", options.rest.num_ctx);
  field.optional("num_gpu", options.rest.load.num_gpu);
  field.optional("use_mmap", options.rest.load.use_mmap);
  field.optional("num_thread", options.rest.num_thread);
}

void read_stops(const json::object& from, std::vector<std::string>& stops) {
  const auto* found = find_member(from, "stop");
  if (!found) return;
  stops.clear();
  if (found->is_string()) stops.emplace_back(found->get_string());
  else body::read(*found, stops, "options.stop", Unknown::ignored);
  std::erase(stops, "");
  if (stops.size() > kStopsMax) throw Error(ErrorCode::invalid_argument, "\"options.stop\" must have at most 64 entries");
}

void check(const AppliedOptions& applied) {
  const auto fail = [](const char* text) { throw Error(ErrorCode::invalid_argument, text); };
  if (applied.num_ctx == 0 || applied.num_ctx > kContextMax) fail("\"options.num_ctx\" must be between 1 and 4194304");
  if (applied.load.num_gpu.value_or(0) < -1) fail("\"options.num_gpu\" must be -1 (all layers that fit) or more");
  if (applied.num_thread < 0 || applied.num_thread > kThreadsMax) fail("\"options.num_thread\" must be between 0 (as the server is set) and 1024");
  if (!(applied.sampling.temperature >= 0)) fail("\"options.temperature\" must be 0 or more");
  if (!(applied.sampling.repeat_penalty > 0)) fail("\"options.repeat_penalty\" must be more than 0");
  if (applied.sampling.top_logprobs < 0 || applied.sampling.top_logprobs > 20) fail("top_logprobs must be between 0 and 20");
}

std::vector<std::string> unknown_in(const json::object& object) {
  Options all;
  all.rest.load = {0, true};  // what is absent is not written
  const json::object known = write_body(all).get_object();
  std::vector<std::string> unknown;
  for (const auto& [key, value] : object) {
    const std::string_view name(key.data(), key.size());
    const bool is_known = known.contains(key) || name == "stop" ||
                          std::find(kWithoutEffect.begin(), kWithoutEffect.end(), name) != kWithoutEffect.end();
    if (!is_known) unknown.emplace_back(name);
  }
  return unknown;
}

}  // namespace

AppliedOptions apply_options(const json::object& of_model, const json::object& of_request, std::uint32_t default_num_ctx) {
  Options options;
  options.rest.num_ctx = default_num_ctx;
  for (const auto* object : {&of_model, &of_request}) {
    BodyReader reader(*object, "options", Unknown::ignored);
    describe(reader, options);
    read_stops(*object, options.rest.stop);
  }
  AppliedOptions applied = std::move(options.rest);
  applied.sampling = std::move(options.sampling);
  applied.unknown = unknown_in(of_request);
  check(applied);
  return applied;
}

}  // namespace fragua::inference
