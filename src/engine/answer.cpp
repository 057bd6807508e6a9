#include "engine/answer.h"

#include <algorithm>

#include "base/strings.h"

namespace fragua::engine {

namespace {

// What `now` adds to `before`; nothing when the parser changed its mind about text already sent.
std::string added(const std::string& before, const std::string& now) {
  return now.starts_with(before) ? now.substr(before.size()) : std::string();
}

}  // namespace

Answer::Answer(const Vocabulary& vocabulary, const ChatFormat& format, AnswerOptions options)
    : vocabulary_(vocabulary), format_(format), options_(std::move(options)), stops_(options_.stops) {
  if (options_.chat.preserved.empty()) return;
  preserved_.resize(vocabulary.pieces().size());
  for (const auto& text : options_.chat.preserved) {
    const auto tokens = vocabulary.tokenize(text, false, true);
    if (tokens.size() == 1) preserved_[std::size_t(tokens[0])] = true;
  }
}

void Answer::count_prompt(std::uint32_t tokens, std::uint32_t cached) {
  prompt_tokens_ = tokens;
  cached_tokens_ = cached;
}

bool Answer::add(Token token, const Choice* choice) {
  ++answer_tokens_;
  const bool hidden = vocabulary_.is_control(token) && !(std::size_t(token) < preserved_.size() && preserved_[std::size_t(token)]);
  if (choice && options_.logprobs) next_.logprobs.push_back(described(token, *choice));
  if (hidden) return false;
  auto [text, stopped] = stops_.push(vocabulary_.pieces()[std::size_t(token)]);
  take_content(std::move(text));
  if (stopped) stop_sequence_ = *stopped;
  return stopped.has_value() || has_enough_calls_;
}

void Answer::take_content(std::string text) {
  if (text.empty()) return;
  if (options_.chat.plain) {
    next_.content += text;
    return;
  }
  visible_text_ += text;
  parse_due_ = true;
}

void Answer::reparse(bool partial) {
  if (!parse_due_ && partial) return;
  parse_due_ = false;
  ParsedChat parsed = format_.parse(options_.chat, visible_text_, partial);
  if (parsed.tool_calls.size() > options_.calls_max) {
    parsed.tool_calls.resize(options_.calls_max);
    has_enough_calls_ = true;
  }
  next_.content += added(shown_.content, parsed.content);
  next_.thinking += added(shown_.thinking, parsed.thinking);
  for (std::size_t i = 0; i < parsed.tool_calls.size(); ++i) {
    auto& call = parsed.tool_calls[i];
    const bool is_new = i >= shown_.tool_calls.size();
    if (is_new && call.name.empty()) {
      parsed.tool_calls.resize(i);
      break;
    }
    call.index = int(i);
    call.id = is_new ? options_.new_call_id() : shown_.tool_calls[i].id;
    const auto arguments = is_new ? call.arguments : added(shown_.tool_calls[i].arguments, call.arguments);
    if (is_new || !arguments.empty())
      next_.tool_calls.push_back({int(i), is_new ? call.id : "", is_new ? call.name : "", arguments});
  }
  shown_ = std::move(parsed);
}

void Answer::flush() {
  if (!options_.chat.plain) reparse(true);
  if (next_.content.empty() && next_.thinking.empty() && next_.tool_calls.empty() && next_.logprobs.empty()) return;
  next_.prompt_tokens = prompt_tokens_;
  next_.cached_tokens = cached_tokens_;
  next_.answer_tokens = answer_tokens_;
  options_.sink(std::exchange(next_, {}));
}

void Answer::finish(Done& done) {
  take_content(stops_.finish());
  if (!options_.chat.plain) reparse(false);
  flush();
  done.stop_sequence = stop_sequence_;
  for (const auto& call : shown_.tool_calls) {
    json::error_code error;
    auto arguments = json::parse(call.arguments.empty() ? "{}" : call.arguments, error);
    if (error) continue;  // cut off by the length limit: the pieces were streamed, there is no whole call
    done.tool_calls.push_back({call.id, call.name, std::move(arguments)});
  }
  if (!done.tool_calls.empty() && done.reason == "stop") done.reason = "tool_calls";
}

Logprob Answer::described(Token token, const Choice& choice) const {
  const auto one = [&](Token id, double logprob) {
    return TokenLogprob{id, to_base64(vocabulary_.pieces()[std::size_t(id)]), logprob};
  };
  Logprob result{one(token, choice.logprob), {}};
  for (const auto& candidate : choice.top) result.top.push_back(one(candidate.token, candidate.logprob));
  return result;
}

}  // namespace fragua::engine
