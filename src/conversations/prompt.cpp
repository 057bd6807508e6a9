#include "conversations/prompt.h"

#include <algorithm>

#include "base/body.h"
#include "base/strings.h"
#include "inference/options.h"

namespace fragua::conversations {

namespace {

constexpr std::int64_t kBytesOfToken = 8;   // few texts have longer ones; what is too much the engine drops
constexpr std::uint32_t kAnyContext = 4096;

[[noreturn]] void fail(const std::string& parameter, const std::string& what) {
  throw Error(ErrorCode::invalid_argument, "\"parameters." + parameter + "\" " + what);
}

inference::KeepAlive read_keep_alive(const json::value& value) {
  using std::chrono::nanoseconds;
  if (value.is_number()) {
    const double seconds = value.to_number<double>();
    return seconds < 0 ? nanoseconds(-1) : nanoseconds(std::int64_t(std::min(seconds, 9e9) * 1e9));
  }
  if (value.is_string() && value.get_string().empty()) return std::nullopt;
  const auto duration = value.is_string() ? parse_go_duration(std::string_view(value.get_string())) : std::nullopt;
  if (!duration) fail("keep_alive", "must be a number of seconds or a duration such as \"5m\"");
  return *duration < nanoseconds(0) ? nanoseconds(-1) : *duration;
}

engine::Message to_engine(const PromptMessage& from) {
  engine::Message message{.role = from.message.role, .content = from.message.content};
  for (const auto& image : from.images) message.images.push_back(to_base64(image));
  return message;
}

// Templates want turns: what was asked twice without an answer between is one question.
void append(std::vector<engine::Message>& messages, engine::Message message) {
  if (messages.empty() || messages.back().role != message.role) {
    messages.push_back(std::move(message));
    return;
  }
  auto& last = messages.back();
  last.content += "\n\n" + message.content;
  last.images.insert(last.images.end(), std::make_move_iterator(message.images.begin()), std::make_move_iterator(message.images.end()));
}

// Where the last question begins.
std::size_t last_question(const std::vector<PromptMessage>& branch) {
  for (auto i = branch.size(); i > 0; --i)
    if (branch[i - 1].message.role == "user") return i - 1;
  return 0;
}

}  // namespace

AnswerSettings settings_of(const json::object& parameters) {
  AnswerSettings settings;
  settings.options = parameters;
  if (const auto* think = find_member(parameters, "think")) {
    if (!think->is_bool()) fail("think", "must be true or false");
    settings.think = think->get_bool();
  }
  if (const auto* keep_alive = find_member(parameters, "keep_alive")) settings.keep_alive = read_keep_alive(*keep_alive);
  settings.options.erase("think");
  settings.options.erase("keep_alive");
  const auto applied = inference::apply_options({}, settings.options, kAnyContext);
  if (!applied.unknown.empty()) fail(applied.unknown.front(), "is no parameter that models know");
  return settings;
}

std::vector<engine::Message> prompt_of(const Conversation& conversation, const std::vector<PromptMessage>& branch) {
  std::vector<engine::Message> messages;
  for (auto i = conversation.mode == "command" ? last_question(branch) : 0; i < branch.size(); ++i) append(messages, to_engine(branch[i]));
  // A branch that was cut above may begin with an answer, which no template expects.
  if (messages.size() > 1 && messages.front().role == "assistant") messages.erase(messages.begin());
  if (!conversation.system.empty()) messages.insert(messages.begin(), {.role = "system", .content = conversation.system});
  return messages;
}

std::int64_t prompt_bytes_max(std::uint32_t context_tokens) { return std::int64_t(context_tokens) * kBytesOfToken; }

}  // namespace fragua::conversations
