#include "engine/llama/context.h"

#include <algorithm>
#include <thread>

#include "base/error.h"
#include "base/files.h"

namespace fragua::engine {

namespace {

bool asks_abort(void* data) { return (*static_cast<std::function<bool()>*>(data))(); }

bool put(llama_context* context, int sequence, const std::string& state) {
  return llama_state_seq_set_data(context, reinterpret_cast<const std::uint8_t*>(state.data()), state.size(), sequence) > 0;
}

}  // namespace

LlamaContext::LlamaContext(LlamaContextOptions options, ContextLimits& limits)
    : options_(std::move(options)),
      limits_(limits),
      context_(make(limits.cells)),
      batch_(llama_batch_init(int(limits.step_max), 0, 1)),
      vocabulary_size_(llama_vocab_n_tokens(llama_model_get_vocab(options_.model))) {
  if (!context_) throw Error(ErrorCode::overloaded, "not enough memory for a context of " + std::to_string(limits.cells) + " tokens");
  limits_.cells = llama_n_ctx(context_.get());
}

LlamaContext::~LlamaContext() { llama_batch_free(batch_); }

ContextHandle LlamaContext::make(std::size_t cells) {
  auto params = llama_context_default_params();
  params.n_ctx = std::uint32_t(cells);
  params.n_batch = std::uint32_t(std::max(limits_.step_max, options_.image_batch));
  params.n_ubatch = std::uint32_t(std::max(std::min(options_.micro_batch, limits_.step_max), options_.image_batch));
  params.n_seq_max = std::uint32_t(limits_.sequences_max);
  params.n_outputs_max = std::uint32_t(limits_.rows_max);
  params.n_threads = params.n_threads_batch = options_.threads;
  params.flash_attn_type = options_.flash_attention;
  params.kv_unified = true;
  params.swa_full = true;  // a window that forgets could not be rolled back
  params.no_perf = true;
  params.abort_callback = asks_abort;
  params.abort_callback_data = &options_.should_abort;
  ContextHandle context(llama_init_from_model(options_.model, params));
  if (context && !options_.adapters.empty()) {
    std::vector<float> scales(options_.adapters.size(), 1.0F);
    llama_set_adapters_lora(context.get(), options_.adapters.data(), options_.adapters.size(), scales.data());
  }
  return context;
}

StepResult LlamaContext::decode(std::span<const BatchToken> batch) {
  CHECK_THAT(batch.size() <= limits_.step_max);
  batch_.n_tokens = int(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch_.token[i] = batch[i].token;
    batch_.pos[i] = batch[i].position;
    batch_.n_seq_id[i] = 1;
    batch_.seq_id[i][0] = batch[i].sequence;
    batch_.logits[i] = batch[i].wants_logits;
  }
  switch (llama_decode(context_.get(), batch_)) {
    case 0: return StepResult::done;
    case 1: return StepResult::no_space;
    case 2: return StepResult::aborted;
    default: throw Error(ErrorCode::internal, "the model could not be computed");
  }
}

void LlamaContext::set_threads(int threads) {
  const auto wanted = threads > 0 ? std::min(threads, std::max(options_.threads, int(std::thread::hardware_concurrency()))) : options_.threads;
  if (wanted != llama_n_threads(context_.get())) llama_set_n_threads(context_.get(), wanted, wanted);
}

std::span<float> LlamaContext::logits(std::size_t index) {
  float* row = llama_get_logits_ith(context_.get(), int(index));
  CHECK_THAT(row != nullptr);
  return {row, std::size_t(vocabulary_size_)};
}

void LlamaContext::share(int from, int to, std::size_t count) {
  llama_memory_seq_cp(memory(), from, to, 0, limits_.can_roll_back ? llama_pos(count) : -1);
}

bool LlamaContext::truncate(int sequence, std::size_t keep) {
  return llama_memory_seq_rm(memory(), sequence, llama_pos(keep), -1);
}

std::string LlamaContext::state_of(int sequence) {
  std::string state(llama_state_seq_get_size(context_.get(), sequence), '\0');
  const auto written = llama_state_seq_get_data(context_.get(), reinterpret_cast<std::uint8_t*>(state.data()), state.size(), sequence);
  return written == 0 ? std::string() : state;
}

bool LlamaContext::set_state(int sequence, const std::string& state) {
  if (put(context_.get(), sequence, state)) return true;
  truncate(sequence, 0);
  return false;
}

std::vector<int> LlamaContext::grow(std::size_t cells, std::span<const int> keep) {
  auto bigger = make(cells);
  if (!bigger) {
    limits_.cells_max = limits_.cells_comfortable = limits_.cells;
    return {keep.begin(), keep.end()};
  }
  std::vector<int> kept;
  for (const int sequence : keep) {
    const auto state = state_of(sequence);
    if (!state.empty() && put(bigger.get(), sequence, state)) kept.push_back(sequence);
  }
  context_ = std::move(bigger);
  limits_.cells = llama_n_ctx(context_.get());
  return kept;
}

void LlamaContext::save(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) {
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  const auto temporary = file.string() + ".new";
  if (llama_state_seq_save_file(context_.get(), temporary.c_str(), sequence, tokens.data(), tokens.size()) == 0) {
    std::filesystem::remove(temporary, ignored);  // a snapshot is a convenience: without it the prefix is computed again
    return;
  }
  std::filesystem::rename(temporary, file, ignored);
}

bool LlamaContext::restore(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return false;
  std::vector<Token> stored(tokens.size());
  std::size_t count = 0;
  const auto bytes = llama_state_seq_load_file(context_.get(), file.c_str(), sequence, stored.data(), stored.size(), &count);
  if (bytes > 0 && count == tokens.size() && std::equal(tokens.begin(), tokens.end(), stored.begin())) {
    std::error_code ignored;  // it is in use: see inference/snapshots.h
    std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now(), ignored);
    return true;
  }
  truncate(sequence, 0);
  return false;
}

}  // namespace fragua::engine
