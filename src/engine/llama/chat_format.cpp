#include "engine/llama/chat_format.h"

#include <chat.h>

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
};

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

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
  const bool named = !is_one_of(input.tool_choice, {"auto", "none", "required", ""});
  inputs.tools = to_common(input.tools, named ? input.tool_choice : "");
  if (named && inputs.tools.empty())
    throw Error(ErrorCode::invalid_argument, "tool_choice names \"" + input.tool_choice + "\", which is not among the tools");
  if (input.tool_choice == "none") inputs.tools.clear();
  const bool must_call = named || input.tool_choice == "required";
  inputs.tool_choice = must_call ? COMMON_CHAT_TOOL_CHOICE_REQUIRED : COMMON_CHAT_TOOL_CHOICE_AUTO;
  inputs.parallel_tool_calls = input.parallel_tool_calls;
  inputs.reasoning_format = COMMON_REASONING_FORMAT_DEEPSEEK;
  inputs.enable_thinking = thinking_ && input.think.value_or(true);
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
  if (must_call) chat.forced_grammar = params.grammar;
  if (params.supports_thinking && inputs.enable_thinking && !params.thinking_end_tags.empty())
    chat.thinking_end = params.thinking_end_tags.front();
  if (!chat.plain) {
    auto parser = std::make_shared<Parser>();
    parser->params = common_chat_parser_params(params);
    parser->params.reasoning_format = COMMON_REASONING_FORMAT_DEEPSEEK;
    parser->params.parse_tool_calls = !inputs.tools.empty();
    parser->params.is_continuation = inputs.continue_final_message != COMMON_CHAT_CONTINUATION_NONE;
    if (!params.parser.empty()) parser->params.parser.load(params.parser);
    chat.parser = std::move(parser);
  }
  return chat;
}

ParsedChat JinjaChatFormat::parse(const RenderedChat& chat, std::string_view text, bool partial) const {
  ParsedChat parsed;
  try {
    const auto message = common_chat_parse(std::string(text), partial, static_cast<const Parser*>(chat.parser.get())->params);
    parsed.content = message.content;
    parsed.thinking = message.reasoning_content;
    for (const auto& call : message.tool_calls) parsed.tool_calls.push_back({0, call.id, call.name, call.arguments});
  } catch (const std::exception&) {
    parsed.content = text;  // not in the template's dialect: then it is content as it stands
  }
  const bool offered = static_cast<const Parser*>(chat.parser.get())->params.parse_tool_calls;
  if (offered && parsed.tool_calls.empty() && may_be_bare_call(parsed.content)) {
    if (!partial) parsed.tool_calls = read_tool_calls(parsed.content);
    if (partial || !parsed.tool_calls.empty()) parsed.content.clear();
  }
  return parsed;
}

}  // namespace fragua::engine
