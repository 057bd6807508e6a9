// fragua-engine: computes with one model for the server, or quantises one (IN OUT TYPE), and ends. Lies beside `fragua`, whose `engine` and
// `quantize` become it.
#include <cstdio>
#include <mutex>
#include <random>

#include "base/error.h"
#include "engine/host.h"
#ifdef FRAGUA_LLAMA
#include "engine/llama/model.h"
#include "engine/llama/quantize.h"
#else
#include "engine/fake/model.h"
#endif

namespace {

using namespace fragua;

constexpr int kChannel = 3;

#ifdef FRAGUA_LLAMA
constexpr auto kLoadModel = engine::load_llama_model;
#else
// Sanitizer builds leave llama.cpp out: their engine is the fake one.
constexpr auto kLoadModel = engine::load_fake_model;
#endif

int run_engine() {
  std::random_device device;
  std::mt19937_64 random(device());
  std::mutex mutex;
  const auto next = [&] {
    std::lock_guard lock(mutex);
    return random();
  };
  return engine::serve_engine(kChannel, kLoadModel, next, Clock());
}

int run_quantize(const std::string& in, const std::string& out, const std::string& type) {
  try {
#ifdef FRAGUA_LLAMA
    engine::quantize_model(in, out, type);
    return 0;
#else
    throw Error(ErrorCode::unsupported, "this build cannot quantize " + in + " to " + out + " as " + type);
#endif
  } catch (const Error& error) {
    std::printf("%s\n", error.what());
    return error.code() == ErrorCode::invalid_argument ? 2 : 1;
  }
}

}  // namespace

int main(int argc, char** argv) { return argc == 4 ? run_quantize(argv[1], argv[2], argv[3]) : run_engine(); }
