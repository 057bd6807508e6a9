#include "engine/preparer.h"

#include <algorithm>

#include "base/ids.h"
#include "engine/go_chat_format.h"
#include "engine/image_tokens.h"
#include "engine/sequences.h"

namespace fragua::engine {

namespace {

// Room that a prompt leaves for its answer when the request does not say how much it wants.
constexpr std::size_t kAnswerRoomTokens = 256;
// Below this a dialogue cannot be had.
constexpr std::size_t kLeastContextTokens = 8;

GrammarVocabulary grammar_vocabulary(const Vocabulary& vocabulary) {
  GrammarVocabulary result;
  result.pieces = vocabulary.pieces();
  result.size = int(result.pieces.size());
  for (int token = 0; token < result.size; ++token) {
    if (vocabulary.is_end(token)) result.stop_tokens.push_back(token);
    else if (vocabulary.is_control(token)) result.control_tokens.push_back(token);
  }
  return result;
}

std::size_t answer_room(const GenerateRequest& request, std::size_t context) {
  const auto wanted = request.num_predict > 0 ? std::size_t(request.num_predict) : kAnswerRoomTokens;
  return std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(context / 4, 1));
}

// The oldest message that may go: not a system message and not the last one. Its answers to tools go with a call.
std::size_t oldest_droppable(const std::vector<Message>& messages) {
  for (std::size_t i = 0; i + 1 < messages.size(); ++i)
    if (messages[i].role != "system") return i;
  return messages.size();
}

std::size_t drop_oldest(std::vector<Message>& messages) {
  const auto first = oldest_droppable(messages);
  if (first == messages.size()) return 0;
  auto last = first + 1;
  while (last + 1 < messages.size() && messages[last].role == "tool") ++last;
  messages.erase(messages.begin() + std::ptrdiff_t(first), messages.begin() + std::ptrdiff_t(last));
  return last - first;
}

// A template that leaves out a part of a message may leave out its images.
void require_all(const PromptImages& images, const std::vector<Message>& messages, std::string_view rendered) {
  std::size_t wanted = 0;
  for (const auto& message : messages) wanted += images.count_in(message.content);
  if (images.count_in(rendered) != wanted)
    throw Error(ErrorCode::invalid_argument, "this model's template has no place for an image of one of the messages");
}

ChatInput chat_input(const GenerateRequest& request) {
  return {request.messages, request.tools, request.tool_choice, request.parallel_tool_calls, request.think, request.think_level};
}

}  // namespace

void check_tokens(const Vocabulary& vocabulary, std::span<const Token> tokens) {
  for (const auto token : tokens)
    if (token < 0 || std::size_t(token) >= vocabulary.pieces().size())
      throw Error(ErrorCode::invalid_argument, "token " + std::to_string(token) + " is not in this model's vocabulary");
}

Preparer::Preparer(Model& model, PreparerOptions options, const Clock& clock)
    : model_(model), options_(std::move(options)), clock_(clock) {}

std::unique_ptr<Job> Preparer::prepare(GenerateRequest request, std::function<void(Delta)> sink) {
  auto job = std::make_unique<Job>();
  job->submitted = clock_.steady();
  job->tokens_max = std::clamp<std::size_t>(request.num_ctx, kLeastContextTokens, options_.context_max);
  const auto room = job->tokens_max - answer_room(request, job->tokens_max);
  check_tokens(model_.vocabulary(), request.context);
  auto prompt = request.messages.empty() ? text_prompt(request, room) : chat_prompt(request, room);
  if (prompt.tokens.empty()) throw Error(ErrorCode::invalid_argument, "the prompt is empty");
  if (is_image(prompt.tokens.back())) throw Error(ErrorCode::invalid_argument, "the prompt must have a text after its images");

  job->user = request.user;
  job->priority = request.priority;
  job->threads = request.threads;
  job->shareable = common_prefix(prompt.tokens, options_.pinned);
  job->answer_max = job->tokens_max - prompt.cells();
  job->image_extra = prompt.cells() - prompt.tokens.size();
  job->images = std::move(prompt.images);
  if (request.num_predict > 0) job->answer_max = std::min(job->answer_max, std::size_t(request.num_predict));
  job->ignore_stop_token = request.ignore_stop_token;
  job->return_context = request.return_context;
  job->reproducible = request.sampling.seed >= 0;
  job->done.dropped_tokens = prompt.dropped_tokens;
  job->done.dropped_messages = prompt.dropped_messages;
  job->constraint = constraint(request, prompt.chat);
  if (job->constraint) job->values = ValueGuess(request.messages.empty() ? request.prompt.value_or("") : request.messages.back().content);
  job->sampler = sampler(request, prompt.tokens);
  job->prompt = std::move(prompt.tokens);

  AnswerOptions answer;
  answer.stops = request.stop;
  answer.stops.insert(answer.stops.end(), prompt.chat.stops.begin(), prompt.chat.stops.end());
  answer.chat = std::move(prompt.chat);
  answer.logprobs = request.sampling.logprobs;
  if (!request.parallel_tool_calls) answer.calls_max = 1;
  answer.new_call_id = [random = options_.random] { return "call_" + id_text(random()); };
  answer.sink = std::move(sink);
  answer.own_format = prompt.own_format;
  const auto& format = prompt.own_format ? *prompt.own_format : model_.chat_format();
  job->answer = std::make_unique<Answer>(model_.vocabulary(), format, std::move(answer));
  return job;
}

Preparer::Prompt Preparer::chat_prompt(GenerateRequest& request, std::size_t room) const {
  Prompt prompt;
  if (!request.go_template.empty()) prompt.own_format = std::make_shared<GoChatFormat>(request.go_template);
  const auto& format = prompt.own_format ? *prompt.own_format : model_.chat_format();
  PromptImages images(model_.projector(), options_.random);
  for (auto& message : request.messages) images.take(message);
  std::size_t whole = 0;
  while (true) {
    prompt.chat = format.render(chat_input(request));
    const bool add_special = prompt.chat.add_special && request.context.empty();
    if (!images.empty()) require_all(images, request.messages, prompt.chat.prompt);
    add_to(prompt, request, images.tokenize(model_.vocabulary(), prompt.chat.prompt, add_special));
    whole = std::max(whole, prompt.cells());
    if (prompt.cells() <= room || !request.truncate || !request.context.empty()) break;
    const auto dropped = drop_oldest(request.messages);
    if (dropped == 0) break;
    prompt.dropped_messages += std::uint32_t(dropped);
  }
  prompt.dropped_tokens = std::uint32_t(whole - prompt.cells());
  cut_to(prompt, request, room);
  return prompt;
}

// As the request's or the model's own template has it.
std::optional<std::string> Preparer::insert_prompt(const GenerateRequest& request) const {
  const auto prompt = request.prompt.value_or("");
  if (!request.go_template.empty()) return GoChatFormat(request.go_template).render_insert(prompt, *request.suffix);
  return model_.chat_format().render_insert(prompt, *request.suffix);
}

Preparer::Prompt Preparer::text_prompt(const GenerateRequest& request, std::size_t room) const {
  Prompt prompt;
  const auto& vocabulary = model_.vocabulary();
  const auto text = request.prompt.value_or("");
  if (request.suffix && !request.images.empty())
    throw Error(ErrorCode::invalid_argument, "images cannot be used together with a suffix");
  const auto inserted = request.suffix ? insert_prompt(request) : std::nullopt;
  if (inserted) {
    prompt.tokens = vocabulary.tokenize(*inserted, true, true);
  } else if (request.suffix) {
    const auto before = vocabulary.tokenize(text, false, false), after = vocabulary.tokenize(*request.suffix, false, false);
    prompt.tokens = vocabulary.fill_in_middle(before, after);
    if (prompt.tokens.empty()) throw Error(ErrorCode::invalid_argument, "this model does not support insert (fill-in-the-middle)");
  } else {
    PromptImages images(model_.projector(), options_.random);
    const auto marks = images.take(request.images);
    add_to(prompt, request, images.tokenize(vocabulary, marks + text, request.context.empty()));
  }
  cut_to(prompt, request, room);
  return prompt;
}

// The request's context comes first. It is text alone: an image is seen in the request that brings it.
void Preparer::add_to(Prompt& prompt, const GenerateRequest& request, ImagePrompt rendered) const {
  for (auto& image : rendered.images) image.first += request.context.size();
  rendered.tokens.insert(rendered.tokens.begin(), request.context.begin(), request.context.end());
  static_cast<ImagePrompt&>(prompt) = std::move(rendered);
}

// What still does not fit loses tokens after the model's own prefix, the oldest first. Images are not divided.
void Preparer::cut_to(Prompt& prompt, const GenerateRequest& request, std::size_t room) const {
  auto& tokens = prompt.tokens;
  if (prompt.cells() <= room) return;
  if (!request.truncate || !prompt.images.empty())
    throw Error(ErrorCode::invalid_argument, "the input length exceeds the context length: " + std::to_string(prompt.cells()) +
                                                 " tokens" + (prompt.images.empty() ? "" : " with its images") +
                                                 ", and num_ctx leaves room for " + std::to_string(room));
  const auto keep = std::min(common_prefix(tokens, options_.pinned), room / 2);
  const auto excess = tokens.size() - room;
  tokens.erase(tokens.begin() + std::ptrdiff_t(keep), tokens.begin() + std::ptrdiff_t(keep + excess));
  prompt.dropped_tokens += std::uint32_t(excess);
}

std::unique_ptr<LazyConstraint> Preparer::constraint(const GenerateRequest& request, const RenderedChat& chat) {
  if (request.grammar_kind.empty() && !chat.call_grammar) return nullptr;
  const auto spec = chat.call_grammar ? *chat.call_grammar : GrammarSpec{grammar_kind(request.grammar_kind), request.grammar, {}};
  std::vector<Trigger> triggers;
  if (!chat.thinking_end.empty()) triggers.push_back({chat.thinking_end, false});
  std::call_once(compiler_made_, [&] { compiler_ = std::make_unique<GrammarCompiler>(grammar_vocabulary(model_.vocabulary())); });
  return std::make_unique<LazyConstraint>(compiler_->compile(spec), std::move(triggers));
}

std::unique_ptr<Sampler> Preparer::sampler(const GenerateRequest& request, const std::vector<Token>& prompt) {
  auto options = request.sampling;
  if (options.seed < 0) options.seed = std::int64_t(options_.random() >> 1);
  const auto& vocabulary = model_.vocabulary();
  std::vector<std::vector<Token>> breakers;
  if (options.dry_multiplier > 0) 
    breakers = dry_breaker_sequences(options.dry_sequence_breakers, vocabulary.pieces(),
                                     [&](std::string_view text) { return vocabulary.tokenize(text, false, false); });
  auto sampler = std::make_unique<Sampler>(options, int(vocabulary.pieces().size()), std::move(breakers));
  sampler->accept(without_images(prompt));
  return sampler;
}

std::vector<Token> Preparer::pinned_prefix(const Model& model, const std::string& system) {
  if (system.empty() || !model.info().has_template) return {};
  const auto tokens_of = [&](const std::string& question) {
    ChatInput input;
    input.messages = {{.role = "system", .content = system}, {.role = "user", .content = question}};
    const auto chat = model.chat_format().render(input);
    return model.vocabulary().tokenize(chat.prompt, chat.add_special, true);
  };
  auto tokens = tokens_of("1");
  tokens.resize(common_prefix(tokens, tokens_of("Otra")));
  return tokens;
}

}  // namespace fragua::engine
