#include "engine/llama/chat_format.h"

#include <chat.h>

#include <set>

#include "base/error.h"
#include "base/json.h"
#include "engine/tool_call_text.h"

namespace fragua::engine {

namespace {

common_chat_msg to_common(const Message& message) {
  common_chat_msg result;
  result.role = message.role;
  result.content = message.content;
  result.reasoning_content = message.thinking;
  result.tool_name = message.tool_name;
  result.tool_call_id = message.tool_call_id;
  for (const auto& call : message.tool_calls)
    result.tool_calls.push_back({call.name, call.arguments.is_string() ? std::string(call.arguments.get_string()) : to_json(call.arguments), call.id});
  return result;
}

std::vector<common_chat_tool> to_common(const json::value& tools, const std::string& only) {
  std::vector<common_chat_tool> result;
  if (!tools.is_array()) return result;
  for (const auto& tool : tools.get_array()) {
    const auto* function = tool.is_object() ? find_member(tool.get_object(), "function") : nullptr;
    if (!function || !function->is_object()) throw Error(ErrorCode::invalid_argument, "each of \"tools\" must have a \"function\" object");
    const auto& object = function->get_object();
    const auto name = string_member(object, "name");
    if (name.empty()) throw Error(ErrorCode::invalid_argument, "each of \"tools\" must have a \"function\" with a \"name\"");
    if (!only.empty() && name != only) continue;
    const auto* parameters = find_member(object, "parameters");
    result.push_back({name, string_member(object, "description"),
                      parameters ? to_json(*parameters) : R"({"type":"object","properties":{}})"});
  }
  return result;
}

struct Parser {
  common_chat_parser_params params;
  std::set<std::string> offered;  // names of tools
};

}  // namespace

void JinjaChatFormat::FreeTemplates::operator()(common_chat_templates* templates) const { common_chat_templates_free(templates); }

JinjaChatFormat::JinjaChatFormat(const llama_model* model) {
  try {
    templates_.reset(common_chat_templates_init(model, "").release());
    const auto caps = common_chat_templates_get_caps(templates_.get());
    const auto has = [&](const char* name) { return caps.contains(name) && caps.at(name); };
    tools_ = has("supports_tools") || has("supports_tool_calls");
    common_chat_templates_inputs inputs;
    inputs.messages = {to_common(Message{.role = "user", .content = "x"})};
    inputs.reasoning_format = COMMON_REASONING_FORMAT_DEEPSEEK;
    thinking_ = common_chat_templates_apply(templates_.get(), inputs).supports_thinking;
  } catch (const std::exception& error) {
    throw Error(ErrorCode::unsupported, std::string("this model's chat template is not understood: ") + error.what());
  }
}

JinjaChatFormat::~JinjaChatFormat() = default;

RenderedChat JinjaChatFormat::render(const ChatInput& input) const {
  common_chat_templates_inputs inputs;
  for (const auto& message : input.messages) inputs.messages.push_back(to_common(message));
  inputs.tools = to_common(input.tools, input.named_tool());
  if (!input.named_tool().empty() && inputs.tools.empty())
    throw Error(ErrorCode::invalid_argument, "tool_choice names \"" + input.tool_choice + "\", which is not among the tools");
  if (input.tool_choice == "none") inputs.tools.clear();
  inputs.parallel_tool_calls = input.parallel_tool_calls;
  inputs.reasoning_format = COMMON_REASONING_FORMAT_DEEPSEEK;
  inputs.enable_thinking = thinking_ && input.think.value_or(!input.must_call());
  if (!input.think_level.empty()) inputs.chat_template_kwargs["reasoning_effort"] = to_json(json::value(input.think_level));
  // An assistant's message at the end is the beginning of the answer.
  if (!input.messages.empty() && input.messages.back().role == "assistant")
    inputs.continue_final_message = COMMON_CHAT_CONTINUATION_AUTO;
  RenderedChat chat;
  chat.plain = inputs.tools.empty() && !thinking_;
  inputs.force_pure_content = chat.plain && inputs.continue_final_message == COMMON_CHAT_CONTINUATION_NONE;
  common_chat_params params;
  try {
    params = common_chat_templates_apply(templates_.get(), inputs);
  } catch (const std::exception& error) {
    throw Error(ErrorCode::invalid_argument, std::string("the messages do not fit this model's template: ") + error.what());
  }
  chat.prompt = std::move(params.prompt);
  chat.stops = params.additional_stops;
  chat.preserved = params.preserved_tokens;
  // Not llama.cpp's grammar for calls: it allows any text before one, which small models do not come to an end of, and takes
  // minutes to compile for a vocabulary of 150,000.
  if (input.must_call()) chat.call_grammar = bare_call_grammar(input.tools, input.named_tool());
  if (params.supports_thinking && inputs.enable_thinking && !params.thinking_end_tags.empty())
    chat.thinking_end = params.thinking_end_tags.front();
  if (!chat.plain) {
    auto parser = std::make_shared<Parser>();
    parser->params = common_chat_parser_params(params);
    parser->params.reasoning_format = COMMON_REASONING_FORMAT_DEEPSEEK;
    parser->params.parse_tool_calls = !inputs.tools.empty();
    for (const auto& tool : inputs.tools) parser->offered.insert(tool.name);
    parser->params.is_continuation = inputs.continue_final_message != COMMON_CHAT_CONTINUATION_NONE;
    if (!params.parser.empty()) parser->params.parser.load(params.parser);
    chat.parser = std::move(parser);
  }
  return chat;
}

ParsedChat JinjaChatFormat::parse(const RenderedChat& chat, std::string_view text, bool partial) const {
  ParsedChat parsed;
  const auto& parser = *static_cast<const Parser*>(chat.parser.get());
  try {
    const auto message = common_chat_parse(std::string(text), partial, parser.params);
    parsed.content = message.content;
    parsed.thinking = message.reasoning_content;
    for (const auto& call : message.tool_calls) parsed.tool_calls.push_back({0, call.id, call.name, call.arguments});
  } catch (const std::exception&) {
    parsed.content = text;  // not in the template's dialect: then it is content as it stands
  }
  if (!parser.offered.empty() && parsed.tool_calls.empty() && may_be_bare_call(parsed.content)) {
    if (!partial) parsed.tool_calls = read_tool_calls(parsed.content, parser.offered);
    if (partial || !parsed.tool_calls.empty()) parsed.content.clear();
  }
  return parsed;
}

}  // namespace fragua::engine
