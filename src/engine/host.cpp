#include "engine/host.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "base/files.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "engine/embed_batches.h"
#include "engine/frame.h"
#include "engine/image_tokens.h"
#include "engine/preparer.h"
#include "engine/prompt_images.h"
#include "engine/scheduler.h"
#include "engine/work_queue.h"

namespace fragua::engine {

namespace {

// The channel's blocking side. Writes from any thread.
class Channel {
 public:
  explicit Channel(int descriptor) : descriptor_(descriptor) {}

  bool read(FrameHeader& header, std::string& payload) {
    FrameHeaderBytes bytes;
    if (!read_all(bytes.data(), bytes.size())) return false;
    header = decode_frame_header(bytes);
    payload.resize(header.payload_bytes);
    return read_all(payload.data(), payload.size());
  }
  void write(const std::string& frame) {
    std::lock_guard lock(mutex_);
    for (std::size_t sent = 0; sent < frame.size();) {
      const auto count = ::send(descriptor_, frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return;  // the server is gone; the reader sees it too
      sent += std::size_t(count);
    }
  }

 private:
  bool read_all(char* to, std::size_t size) {
    while (size > 0) {
      const auto count = ::read(descriptor_, to, size);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      to += count;
      size -= std::size_t(count);
    }
    return true;
  }
  int descriptor_;
  std::mutex mutex_;
};

class Host {
 public:
  Host(int channel, const ModelLoader& load_model, std::function<std::uint64_t()> random, const Clock& clock)
      : channel_(channel), load_model_(load_model), random_(std::move(random)), clock_(clock) {}

  int serve();

 private:
  bool load(const std::string& payload);
  void start_compute(const LoadRequest& request);
  void tell_memory();
  void dispatch(const FrameHeader& header, std::string payload);
  void generate(std::uint64_t id, const std::string& payload);
  void embed(std::uint64_t id, const std::string& payload);
  struct EmbedWork {
    EmbedBatches batches;
    Embeddings result;
  };
  void compute_embeddings(std::uint64_t id, const std::shared_ptr<EmbedWork>& work);
  void text(const FrameHeader& header, const std::string& payload);
  void cancel(std::uint64_t id);
  bool is_cancelled(std::uint64_t id);
  bool take_back(std::uint64_t id);
  void fail(std::uint64_t id, const Error& error);
  void post_compute(std::function<void()> work);
  template <class Work>
  void guarded(std::uint64_t id, Work work);

  Channel channel_;
  const ModelLoader& load_model_;
  std::function<std::uint64_t()> random_;
  const Clock& clock_;

  std::unique_ptr<Model> model_;
  ContextLimits limits_;
  std::unique_ptr<Context> context_;
  std::unique_ptr<Embedder> embedder_;
  std::unique_ptr<Preparer> preparer_;
  std::unique_ptr<Scheduler> scheduler_;
  WorkQueue preparing_;
  WorkQueue embedding_;                   // computes when the model has no context of its own
  std::thread compute_;

  std::mutex mutex_;                      // guards what follows
  std::set<std::uint64_t> pending_;       // read, not yet handed to the scheduler or answered
  std::set<std::uint64_t> cancelled_;     // of those
};

int Host::serve() {
  FrameHeader header;
  std::string payload;
  if (!channel_.read(header, payload) || header.kind != FrameKind::load) return 2;
  if (!load(payload)) return 3;
  while (channel_.read(header, payload) && header.kind != FrameKind::shutdown) dispatch(header, std::move(payload));
  preparing_.stop();
  if (scheduler_) scheduler_->stop();
  embedding_.stop();
  if (compute_.joinable()) compute_.join();
  return 0;
}

bool Host::load(const std::string& payload) {
  try {
    const auto request = read_body<LoadRequest>(parse_json(payload), Unknown::refused);
    float shown = -1;
    model_ = load_model_(request, [this, shown](float progress) mutable {
      if (progress - shown >= 0.01F) channel_.write(encode_frame(FrameKind::progress, 0, json::serialize(json::object{{"progress", shown = progress}})));
      return true;
    });
    start_compute(request);
    tell_memory();
    channel_.write(encode_frame(FrameKind::loaded, 0, model_->info()));
    return true;
  } catch (const Error& error) {
    fail(0, error);
    return false;
  }
}

void Host::start_compute(const LoadRequest& request) {
  context_ = model_->make_context([this] { return scheduler_ && scheduler_->should_abort(); }, limits_);
  embedder_ = model_->info().embeds ? model_->make_embedder() : nullptr;
  if (!context_) return;
  const auto pinned = Preparer::pinned_prefix(*model_, request.system);
  SchedulerOptions options;
  options.parallel_max = request.parallel_max;
  options.gap_target_ms = request.gap_target_ms;
  options.draft_tokens_max = std::size_t(std::max(0, request.draft_tokens_max));
  options.isolate_users = request.isolate_users;
  options.pinned = pinned;
  options.projector = model_->projector();
  options.on_grown = [this] { tell_memory(); };
  if (!request.cache_folder.empty() && !pinned.empty()) {
    Sha256 key;
    key.update(request.cache_key);
    key.update({reinterpret_cast<const char*>(pinned.data()), pinned.size() * sizeof(Token)});
    options.pinned_file = fs::path(request.cache_folder) / ("prefix-" + key.hex() + ".bin");
  }
  // Beyond what a model was trained for it only babbles.
  const std::size_t trained = model_->info().context_train;
  const auto context_max = trained > 0 ? std::min(trained, limits_.cells_max) : limits_.cells_max;
  preparer_ = std::make_unique<Preparer>(*model_, PreparerOptions{context_max, pinned, random_}, clock_);
  scheduler_ = std::make_unique<Scheduler>(*context_, limits_, model_->vocabulary(), std::move(options), clock_);
  compute_ = std::thread([this] { scheduler_->run(); });
}

void Host::tell_memory() {
  const auto bytes = context_ ? context_->gpu_bytes() : embedder_ ? embedder_->gpu_bytes() : 0;
  channel_.write(encode_frame(FrameKind::memory, 0, MemoryUse{bytes}));
}

void Host::dispatch(const FrameHeader& header, std::string payload) {
  const auto id = header.request;
  if (header.kind == FrameKind::cancel) return cancel(id);
  if (header.kind == FrameKind::stats) {
    return channel_.write(encode_frame(FrameKind::counted, id, scheduler_ ? scheduler_->stats() : EngineStats{}));
  }
  {
    std::lock_guard lock(mutex_);
    pending_.insert(id);
  }
  preparing_.push([this, header, payload = std::move(payload)] {
    guarded(header.request, [&] {
      if (header.kind == FrameKind::generate) return generate(header.request, payload);
      if (header.kind == FrameKind::embed) return embed(header.request, payload);
      text(header, payload);
    });
  });
}

template <class Work>
void Host::guarded(std::uint64_t id, Work work) {
  try {
    work();
  } catch (const Error& error) {
    if (take_back(id)) fail(id, error);
  } catch (const std::exception& error) {
    if (take_back(id)) fail(id, Error(ErrorCode::internal, error.what()));
  }
}

// True if the request is still wanted; then it is the caller's to answer.
bool Host::take_back(std::uint64_t id) {
  std::lock_guard lock(mutex_);
  pending_.erase(id);
  return cancelled_.erase(id) == 0;
}

void Host::cancel(std::uint64_t id) {
  std::lock_guard lock(mutex_);
  if (pending_.contains(id)) cancelled_.insert(id);
  else if (scheduler_) scheduler_->cancel(id);
}

void Host::generate(std::uint64_t id, const std::string& payload) {
  if (!scheduler_) throw Error(ErrorCode::invalid_argument, "this model only makes embeddings; it does not support generate or chat");
  auto request = read_body<GenerateRequest>(parse_json(payload), Unknown::refused);
  auto job = preparer_->prepare(std::move(request), [this, id](Delta delta) { channel_.write(encode_frame(FrameKind::delta, id, delta)); });
  job->id = id;
  job->on_done = [this, id](const Done& done) { channel_.write(encode_frame(FrameKind::done, id, done)); };
  job->on_error = [this, id](const Error& error) { fail(id, error); };
  std::lock_guard lock(mutex_);
  pending_.erase(id);
  if (cancelled_.erase(id) == 0) scheduler_->submit(std::move(job));
}

void Host::embed(std::uint64_t id, const std::string& payload) {
  auto request = read_body<EmbedRequest>(parse_json(payload), Unknown::refused);
  if (!embedder_) embedder_ = model_->make_embedder();
  auto tokens = std::move(request.token_inputs);
  for (const auto& input : tokens) check_tokens(model_->vocabulary(), input);
  for (const auto& input : request.inputs) tokens.push_back(model_->vocabulary().tokenize(input, true, true));
  const auto limit = request.num_ctx > 0 ? std::min<std::size_t>(request.num_ctx, embedder_->tokens_max()) : embedder_->tokens_max();
  for (auto& input : tokens) {
    if (input.size() <= limit) continue;
    if (!request.truncate) throw Error(ErrorCode::invalid_argument, "the input length exceeds the context length");
    // The closing token of an encoder ([SEP], </s>) stays the last one.
    const auto last = input.back();
    input.resize(limit);
    if (!model_->info().generates) input.back() = last;
  }
  auto work = std::make_shared<EmbedWork>(EmbedWork{EmbedBatches(std::move(tokens)), {}});
  work->result.dimensions = work->batches.texts().empty() ? 0 : std::uint32_t(embedder_->dimensions());
  work->result.values.resize(work->batches.texts().size() * work->result.dimensions);
  for (const auto& text : work->batches.texts()) work->result.prompt_tokens += std::uint32_t(text.size());
  post_compute([this, id, work] { compute_embeddings(id, work); });
}

// One batch; then it is other work's turn: answers that are being written, other requests for vectors.
void Host::compute_embeddings(std::uint64_t id, const std::shared_ptr<EmbedWork>& work) {
  guarded(id, [&] {
    if (is_cancelled(id)) {
      take_back(id);
      return;
    }
    if (const auto batch = work->batches.next(); !batch.empty()) embedder_->embed(work->batches.texts(), batch, work->result.values.data());
    if (!work->batches.is_done()) return post_compute([this, id, work] { compute_embeddings(id, work); });
    if (take_back(id)) channel_.write(encode_frame(FrameKind::embeddings, id, encode_embeddings(work->result)));
  });
}

bool Host::is_cancelled(std::uint64_t id) {
  std::lock_guard lock(mutex_);
  return cancelled_.contains(id);
}

void Host::post_compute(std::function<void()> work) {
  if (scheduler_) scheduler_->post(std::move(work));
  else embedding_.push(std::move(work));
}

void Host::text(const FrameHeader& header, const std::string& payload) {
  const auto request = read_body<TextRequest>(parse_json(payload), Unknown::refused);
  const auto& vocabulary = model_->vocabulary();
  TextAnswer answer;
  if (header.kind == FrameKind::tokenize) {
    answer.tokens = vocabulary.tokenize(request.text, request.add_special, true);
  } else if (header.kind == FrameKind::render) {
    ChatInput input;
    input.messages = request.messages;
    input.tools = request.tools;
    PromptImages images(model_->projector(), random_);
    for (auto& message : input.messages) images.take(message);
    const auto chat = model_->chat_format().render(input);
    const auto prompt = images.tokenize(vocabulary, chat.prompt, chat.add_special);
    answer.text = chat.prompt;
    answer.tokens = without_images(prompt.tokens);
    answer.prompt_tokens = std::uint32_t(prompt.cells());
  } else if (header.kind == FrameKind::detokenize) {
    check_tokens(vocabulary, request.tokens);
    for (const auto token : request.tokens) answer.text += vocabulary.pieces()[std::size_t(token)];
    answer.text = sanitized_utf8(answer.text);
  } else {
    throw Error(ErrorCode::internal, "the engine cannot answer this kind of frame");
  }
  for (const auto token : answer.tokens) answer.pieces.push_back(sanitized_utf8(vocabulary.pieces()[std::size_t(token)]));
  if (take_back(header.request)) channel_.write(encode_frame(FrameKind::text, header.request, answer));
}

void Host::fail(std::uint64_t id, const Error& error) {
  channel_.write(encode_frame(FrameKind::failed, id, Failure{std::string(name_of(error.code())), error.what()}));
}

}  // namespace

int serve_engine(int channel, const ModelLoader& load_model, std::function<std::uint64_t()> random, const Clock& clock) {
  Host host(channel, load_model, std::move(random), clock);
  return host.serve();
}

}  // namespace fragua::engine
