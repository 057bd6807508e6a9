#include "engine/go_chat_format.h"

#include "base/error.h"
#include "base/strings.h"
#include "engine/tool_call_text.h"
#include "modelfile/chat_prompt.h"

namespace fragua::engine {

namespace {

json::object to_json(const Message& message) {
  json::object result{{"role", message.role}, {"content", message.content}};
  if (!message.thinking.empty()) result["thinking"] = message.thinking;
  if (!message.tool_name.empty()) result["tool_name"] = message.tool_name;
  if (!message.tool_call_id.empty()) result["tool_call_id"] = message.tool_call_id;
  json::array calls;
  for (const auto& call : message.tool_calls)
    calls.push_back({{"id", call.id}, {"function", {{"index", calls.size()}, {"name", call.name}, {"arguments", call.arguments}}}});
  if (!calls.empty()) result["tool_calls"] = std::move(calls);
  return result;
}

// How much of the end of `text` may be the beginning of `mark`.
std::size_t held_back(std::string_view text, std::string_view mark) {
  for (auto length = std::min(text.size(), mark.size() - 1); length > 0; --length)
    if (text.ends_with(mark.substr(0, length))) return length;
  return 0;
}

}  // namespace

GoChatFormat::GoChatFormat(std::string_view template_text)
    : template_(modelfile::GoTemplate::parse(template_text)),
      thinking_(modelfile::thinking_tags(template_)),
      call_mark_(modelfile::tool_call_mark(template_)),
      answer_end_(trimmed(modelfile::text_after_response(template_))) {}

RenderedChat GoChatFormat::render(const ChatInput& input) const {
  const bool must_call = input.must_call();
  modelfile::ChatInput chat_input;
  for (const auto& message : input.messages) chat_input.messages.push_back(to_json(message));
  if (input.tools.is_array() && input.tool_choice != "none") chat_input.tools = input.tools.get_array();
  chat_input.is_think_set = input.think.has_value();
  chat_input.think = input.think.value_or(thinking_.has_value() && !must_call);
  chat_input.think_level = input.think_level;
  modelfile::RenderLimits limits;
  limits.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  RenderedChat chat;
  chat.prompt = modelfile::render_chat(template_, chat_input, limits);
  if (!answer_end_.empty()) chat.stops.push_back(answer_end_);
  chat.plain = chat_input.tools.empty() && !thinking_;
  if (thinking_ && chat_input.think) chat.thinking_end = thinking_->closing;
  if (must_call) chat.call_grammar = bare_call_grammar(input.tools, input.named_tool());
  chat.parser = std::make_shared<Offered>(Offered{tool_names(chat_input.tools), must_call});
  return chat;
}

std::optional<std::string> GoChatFormat::render_insert(const std::string& prompt, const std::string& suffix) const {
  if (!supports_insert()) return std::nullopt;
  modelfile::ChatInput input;
  input.prompt = prompt;
  input.suffix = suffix;
  return modelfile::render_chat(template_, input, {});
}

ParsedChat GoChatFormat::parse(const RenderedChat& chat, std::string_view text, bool partial) const {
  ParsedChat parsed;
  if (thinking_) {
    auto start = std::string_view::npos;
    if (trimmed(text).starts_with(thinking_->opening)) start = text.find(thinking_->opening) + thinking_->opening.size();
    else if (trimmed(chat.prompt).ends_with(thinking_->opening)) start = 0;  // the template has opened it
    if (start != std::string_view::npos) {
      const auto end = text.find(thinking_->closing, start);
      const auto inside = text.substr(start, end == std::string_view::npos ? end : end - start);
      const auto held = partial && end == std::string_view::npos ? held_back(inside, thinking_->closing) : 0;
      parsed.thinking = inside.substr(0, inside.size() - held);
      if (end == std::string_view::npos) return parsed;
      text.remove_prefix(end + thinking_->closing.size());
      text.remove_prefix(std::min(text.find_first_not_of(" \n\r\t"), text.size()));
    } else if (partial && thinking_->opening.starts_with(trimmed(text))) {
      return parsed;  // it may still begin to think
    }
  }
  const auto& offered = *static_cast<const Offered*>(chat.parser.get());
  if (!offered.names.empty()) read_calls(text, partial, offered, parsed);
  else parsed.content = text;
  return parsed;
}

void GoChatFormat::read_calls(std::string_view text, bool partial, const Offered& offered, ParsedChat& parsed) const {
  const bool bare = offered.forced || call_mark_ == "{" || call_mark_.empty();
  const auto first = text.find_first_not_of(" \n\r\t");
  const bool bare_start = first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  const auto mark = bare ? (bare_start ? first : std::string_view::npos) : text.find(call_mark_);
  if (mark == std::string_view::npos) {
    parsed.content = text.substr(0, text.size() - (partial && !bare ? held_back(text, call_mark_) : 0));
    return;
  }
  parsed.content = trimmed(text.substr(0, mark));
  parsed.tool_calls = read_tool_calls(text.substr(mark), offered.names);
  if (!partial && parsed.tool_calls.empty()) parsed.content = text;  // no call after all
}

}  // namespace fragua::engine
