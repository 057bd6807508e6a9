#include "engine/llama/quantize.h"

#include <llama.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::engine {

namespace {

constexpr std::array<std::pair<std::string_view, llama_ftype>, 16> kTypes{{
    {"q4_0", LLAMA_FTYPE_MOSTLY_Q4_0}, {"q4_1", LLAMA_FTYPE_MOSTLY_Q4_1}, {"q5_0", LLAMA_FTYPE_MOSTLY_Q5_0},
    {"q5_1", LLAMA_FTYPE_MOSTLY_Q5_1}, {"q8_0", LLAMA_FTYPE_MOSTLY_Q8_0}, {"q2_k", LLAMA_FTYPE_MOSTLY_Q2_K},
    {"q3_k_s", LLAMA_FTYPE_MOSTLY_Q3_K_S}, {"q3_k_m", LLAMA_FTYPE_MOSTLY_Q3_K_M}, {"q3_k_l", LLAMA_FTYPE_MOSTLY_Q3_K_L},
    {"q4_k_s", LLAMA_FTYPE_MOSTLY_Q4_K_S}, {"q4_k_m", LLAMA_FTYPE_MOSTLY_Q4_K_M}, {"q5_k_s", LLAMA_FTYPE_MOSTLY_Q5_K_S},
    {"q5_k_m", LLAMA_FTYPE_MOSTLY_Q5_K_M}, {"q6_k", LLAMA_FTYPE_MOSTLY_Q6_K}, {"f16", LLAMA_FTYPE_MOSTLY_F16},
    {"bf16", LLAMA_FTYPE_MOSTLY_BF16},
}};

// llama.cpp tells its progress only in its log, one line a tensor: "[ 12/ 290] …". Printed as permille of the tensors.
void print_progress(ggml_log_level, const char* text, void*) {
  unsigned done = 0, total = 0;
  if (std::sscanf(text, "[%u/%u]", &done, &total) != 2 || total == 0) return;
  std::printf("%u\n", done * 1000 / total);
  std::fflush(stdout);
}

}  // namespace

void quantize_model(const std::string& in, const std::string& out, const std::string& file_type) {
  const auto wanted = lowercase(file_type);
  const auto type = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& entry) { return entry.first == wanted; });
  if (type == kTypes.end()) {
    std::string names;
    for (const auto& entry : kTypes) names += (names.empty() ? "" : ", ") + std::string(entry.first);
    throw Error(ErrorCode::invalid_argument, "unsupported quantization type " + file_type + "; supported: " + names);
  }
  llama_log_set(print_progress, nullptr);
  llama_backend_init();
  auto params = llama_model_quantize_default_params();
  params.ftype = type->second;
  params.allow_requantize = true;
  if (llama_model_quantize(in.c_str(), out.c_str(), &params) != 0)
    throw Error(ErrorCode::unsupported, "llama.cpp could not quantize this model to " + file_type);
}

}  // namespace fragua::engine
