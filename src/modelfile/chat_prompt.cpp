#include "modelfile/chat_prompt.h"

#include <utility>
#include <vector>

#include "base/error.h"

namespace fragua::modelfile {

namespace {

struct Conversation {
  std::string system;    // all system texts
  json::array messages;  // with every field, so that a template may ask for any
};

json::value member_or(const json::object& object, std::string_view key, json::value fallback) {
  const auto* found = find_member(object, key);
  return found ? *found : fallback;
}

const json::object& as_object(const json::value& value, const char* what) {
  if (!value.is_object()) throw Error(ErrorCode::invalid_argument, std::string(what) + " must be an object");
  return value.get_object();
}

json::array tool_calls_of(const json::object& message) {
  json::array calls;
  const auto* given = find_member(message, "tool_calls");
  if (!given || !given->is_array()) return calls;
  for (const auto& each : given->get_array()) {
    const auto& call = as_object(each, "a tool call");
    const json::value function = member_or(call, "function", json::object());
    const auto& object = as_object(function, "the function of a tool call");
    calls.push_back(
        json::object{{"id", string_member(call, "id")},
                     {"function", json::object{{"index", member_or(object, "index", 0)},
                                               {"name", string_member(object, "name")},
                                               {"arguments", member_or(object, "arguments", json::object())}}}});
  }
  return calls;
}

json::object complete_message(const json::object& message) {
  return {{"Role", string_member(message, "role")},
          {"Content", string_member(message, "content")},
          {"Thinking", string_member(message, "thinking")},
          {"Images", member_or(message, "images", json::array())},
          {"ToolCalls", tool_calls_of(message)},
          {"ToolName", string_member(message, "tool_name")},
          {"ToolCallID", string_member(message, "tool_call_id")}};
}

void append_paragraph(std::string& text, const std::string& more, bool first) {
  if (!first) text += "\n\n";
  text += more;
}

void add_to(json::object& message, const json::object& more) {
  auto& text = message.at("Content").get_string();
  text += "\n\n";
  text += more.at("Content").get_string();
  for (const auto* list : {"Images", "ToolCalls"}) {
    auto& all = message.at(list).get_array();
    const auto& added = more.at(list).get_array();
    all.insert(all.end(), added.begin(), added.end());
  }
}

// Neighbours of one role become one message; tool results stay apart, each belongs to its call.
Conversation collate(const json::array& messages) {
  Conversation result;
  bool first_system = true;
  for (const auto& each : messages) {
    const auto& message = as_object(each, "a message");
    const std::string role = string_member(message, "role");
    const std::string content = string_member(message, "content");
    if (role == "system") append_paragraph(result.system, content, std::exchange(first_system, false));
    auto* last = result.messages.empty() ? nullptr : &result.messages.back().get_object();
    if (last && role != "tool" && last->at("Role").get_string() == role) {
      add_to(*last, complete_message(message));
    } else {
      result.messages.push_back(complete_message(message));
    }
  }
  return result;
}

// A description or parameters may be left out; templates ask for them.
json::array complete_tools(const json::array& tools) {
  json::array result;
  for (const auto& each : tools) {
    json::object tool = as_object(each, "a tool");
    if (auto* function = tool.if_contains("function"); function && function->is_object()) {
      function->get_object().emplace("description", "");
      function->get_object().emplace("parameters", json::object{{"type", "object"}, {"properties", json::object()}});
    }
    result.push_back(std::move(tool));
  }
  return result;
}

json::object common_values(const ChatInput& input) {
  return {
      {"Response", ""}, {"Think", input.think}, {"ThinkLevel", input.think_level}, {"IsThinkSet", input.is_think_set}};
}

// Templates from before .Messages: one rendering for each exchange, the last one up to where the model answers.
class ExchangeRenderer {
 public:
  ExchangeRenderer(const GoTemplate& prompt_template, const ChatInput& input, const RenderLimits& limits)
      : template_(prompt_template), values_(common_values(input)), limits_(limits) {}

  void add(const json::object& message) {
    const std::string role = string_member(message, "Role");
    std::string content = string_member(message, "Content");
    if (role == "system") {
      if (!prompt_.empty() || !response_.empty()) flush();
      system_ = std::move(content);
    } else if (role == "user") {
      if (!response_.empty()) flush();
      prompt_ = std::move(content);
    } else if (role == "assistant") {
      response_ = std::move(content);
    }
  }

  std::string finish() { return std::move(text_) + template_.render_until_response(take_values(), limits_); }

 private:
  void flush() {
    text_ += template_.render(take_values(), limits_);
    if (text_.size() > limits_.output_bytes) throw Error(ErrorCode::too_large, "the template produces too much text");
  }

  json::object take_values() {
    json::object values = values_;
    values["System"] = std::exchange(system_, {});
    values["Prompt"] = std::exchange(prompt_, {});
    values["Response"] = std::exchange(response_, {});
    return values;
  }

  const GoTemplate& template_;
  json::object values_;
  const RenderLimits& limits_;
  std::string system_;
  std::string prompt_;
  std::string response_;
  std::string text_;
};

}  // namespace

std::string render_chat(const GoTemplate& prompt_template, const ChatInput& input, const RenderLimits& limits) {
  json::object values = common_values(input);
  if (!input.prompt.empty() && !input.suffix.empty()) {
    values["Prompt"] = input.prompt;
    values["Suffix"] = input.suffix;
    return prompt_template.render(values, limits);
  }
  Conversation conversation = collate(input.messages);
  if (prompt_template.mentions("messages")) {
    values["System"] = std::move(conversation.system);
    values["Messages"] = std::move(conversation.messages);
    values["Tools"] = complete_tools(input.tools);
    return prompt_template.render(values, limits);
  }
  ExchangeRenderer renderer(prompt_template, input, limits);
  for (const auto& message : conversation.messages) renderer.add(message.get_object());
  return renderer.finish();
}

}  // namespace fragua::modelfile
