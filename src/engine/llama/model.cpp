#include "engine/llama/model.h"

#include <common.h>
#include <log.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "engine/draft_pace.h"
#include "engine/go_chat_format.h"
#include "engine/llama/chat_format.h"
#include "engine/llama/context.h"
#include "engine/llama/embedder.h"
#include "engine/llama/memory.h"
#include "engine/llama/metadata.h"
#include "engine/llama/projector.h"
#include "engine/llama/tuning.h"

namespace fragua::engine {

namespace {

constexpr std::size_t kCellsStep = 256;
constexpr std::size_t kComfortableCells = 16384;

std::uint64_t available_memory_bytes() {
  std::ifstream info("/proc/meminfo");
  std::string key;
  std::uint64_t kib = 0;
  std::string unit;
  while (info >> key >> kib >> unit)
    if (key == "MemAvailable:") return kib << 10;
  return 4ull << 30;
}

// A format for models without a template: the messages' contents, one after the other.
class PlainChatFormat : public ChatFormat {
 public:
  RenderedChat render(const ChatInput& input) const override {
    RenderedChat chat;
    for (const auto& message : input.messages) chat.prompt += (chat.prompt.empty() ? "" : "\n\n") + message.content;
    return chat;
  }
  ParsedChat parse(const RenderedChat&, std::string_view text, bool) const override { return {std::string(text), "", {}}; }
};

// Two threads on one core compete for its units; a limit on the process counts before the machine's cores.
int default_threads() { return std::clamp(int(std::thread::hardware_concurrency()), 1, std::max(1, common_cpu_get_num_math())); }

class LlamaModel : public Model {
 public:
  LlamaModel(const LoadRequest& request, std::function<bool(float)> progress);
  const ModelInfo& info() const override { return info_; }
  const Vocabulary& vocabulary() const override { return *vocabulary_; }
  const ChatFormat& chat_format() const override { return *chat_format_; }
  std::unique_ptr<Context> make_context(std::function<bool()> should_abort, ContextLimits& limits) override;
  std::unique_ptr<Embedder> make_embedder() override { return std::make_unique<LlamaEmbedder>(model_.get(), threads_); }
  Projector* projector() override { return info_.vision ? projector_.get() : nullptr; }

 private:
  void load(const LoadRequest& request, std::function<bool(float)> progress);
  void choose_chat_format();
  void describe_model();

  LoadRequest request_;
  int threads_;
  ModelHandle model_;
  std::vector<AdapterHandle> adapters_;
  std::unique_ptr<LlamaProjector> projector_;
  std::unique_ptr<LlamaVocabulary> vocabulary_;
  std::unique_ptr<ChatFormat> chat_format_;
  ModelInfo info_;
};

bool report_progress(float progress, void* data) { return (*static_cast<std::function<bool(float)>*>(data))(progress); }

LlamaModel::LlamaModel(const LoadRequest& request, std::function<bool(float)> progress)
    : request_(request), threads_(request.threads > 0 ? request.threads : default_threads()) {
  const auto start = std::chrono::steady_clock::now();
  load(request, std::move(progress));
  vocabulary_ = std::make_unique<LlamaVocabulary>(llama_model_get_vocab(model_.get()));
  describe_model();
  choose_chat_format();
  info_.load_ns = std::uint64_t((std::chrono::steady_clock::now() - start) / std::chrono::nanoseconds(1));
}

void LlamaModel::load(const LoadRequest& request, std::function<bool(float)> progress) {
  LoadPlan plan(request);
  plan.params.progress_callback = report_progress;
  plan.params.progress_callback_user_data = &progress;
  model_.reset(llama_model_load_from_file(request.model_path.c_str(), plan.params));
  if (!model_ && has_gpu() && request.gpu_layers != 0) {
    plan.stay_on_cpu();
    model_.reset(llama_model_load_from_file(request.model_path.c_str(), plan.params));
  }
  if (!model_) throw Error(ErrorCode::unsupported, "llama.cpp cannot load this model's file: its architecture is unknown or the file is damaged");
  info_.layers = layers_in(model_.get());
  info_.gpu_layers = plan.gpu_layers(model_.get());
  for (const auto& path : request.adapter_paths) {
    adapters_.emplace_back(llama_adapter_lora_init(model_.get(), path.c_str()));
    if (!adapters_.back()) throw Error(ErrorCode::invalid_argument, "an adapter does not fit this model");
  }
  if (!request.projector_path.empty())
    projector_ = std::make_unique<LlamaProjector>(request.projector_path, model_.get(), threads_, info_.gpu_layers > 0);
}

void LlamaModel::describe_model() {
  info_.architecture = metadata(model_.get(), "general.architecture");
  info_.parameters = llama_model_n_params(model_.get());
  info_.context_train = std::uint32_t(llama_model_n_ctx_train(model_.get()));
  info_.embedding_length = std::uint32_t(llama_model_n_embd_out(model_.get()));
  info_.vocabulary = std::uint32_t(vocabulary_->pieces().size());
  info_.insert = !vocabulary_->fill_in_middle({}, {}).empty();
  const auto pooling = metadata(model_.get(), info_.architecture + ".pooling_type");
  info_.embeds = !llama_model_has_decoder(model_.get()) || (!pooling.empty() && pooling != "0");
  info_.generates = !info_.embeds;
  info_.vision = projector_ && projector_->sees();
}

void LlamaModel::choose_chat_format() {
  if (!request_.go_template.empty()) {
    auto format = std::make_unique<GoChatFormat>(request_.go_template);
    info_.has_template = true;
    info_.tools = format->supports_tools();
    info_.thinking = format->supports_thinking();
    chat_format_ = std::move(format);
    return;
  }
  info_.has_template = llama_model_chat_template(model_.get(), nullptr) != nullptr;
  if (!info_.has_template) {
    chat_format_ = std::make_unique<PlainChatFormat>();
    return;
  }
  auto format = std::make_unique<JinjaChatFormat>(model_.get());
  info_.tools = format->supports_tools();
  info_.thinking = format->supports_thinking();
  chat_format_ = std::move(format);
}

std::unique_ptr<Context> LlamaModel::make_context(std::function<bool()> should_abort, ContextLimits& limits) {
  if (!info_.generates) return nullptr;
  const bool recurrent = llama_model_is_recurrent(model_.get()) || llama_model_is_hybrid(model_.get());
  limits.can_roll_back = !recurrent;
  if (recurrent) limits.sequences_max = request_.parallel_max + 4;
  const auto budget = request_.memory_budget_bytes > 0 ? request_.memory_budget_bytes : available_memory_bytes() / 2;
  const auto affordable = affordable_cells(model_.get(), info_.gpu_layers, budget);
  const auto useful = std::size_t(info_.context_train) * std::size_t(request_.parallel_max);
  auto most = request_.context_tokens_max > 0 ? std::size_t(request_.context_tokens_max) : std::min(affordable, useful);
  most = std::max(most / kCellsStep * kCellsStep, kCellsStep);
  limits.cells_max = most;
  limits.cells = std::min<std::size_t>(request_.context_tokens, most);
  limits.cells_comfortable = std::min(most, std::max(limits.cells, std::min(kComfortableCells, affordable / 4)));
  const auto guesses = kDraftAnswersMax * std::size_t(std::max(0, request_.draft_tokens_max));
  limits.rows_max = std::size_t(limits.sequences_max) + guesses;  // llama.cpp wants one for every sequence
  LlamaContextOptions options;
  options.model = model_.get();
  for (const auto& adapter : adapters_) options.adapters.push_back(adapter.get());
  options.threads = threads_;
  if (info_.gpu_layers == 0)
    options.flash_attention = tuned({model_.get(), metadata(model_.get(), "general.name"), request_.cache_folder, threads_}).flash_attention;
  if (projector_) options.image_batch = projector_->micro_batch();
  options.should_abort = std::move(should_abort);
  return std::make_unique<LlamaContext>(std::move(options), limits);
}

}  // namespace

std::unique_ptr<Model> load_llama_model(const LoadRequest& request, std::function<bool(float)> progress) {
  llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  common_log_pause(common_log_main());
  llama_backend_init();
  return std::make_unique<LlamaModel>(request, std::move(progress));
}

}  // namespace fragua::engine
