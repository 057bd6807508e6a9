// Bodies of Anthropic's Messages API and what is read from them. Callers: api/anthropic. Threads: plain data.
// Unknown fields (metadata, cache_control, service_tier) are ignored; images come as base64 only.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/body.h"
#include "engine/protocol.h"

namespace fragua::api::anthropic {

struct Message {
  std::string role;
  json::value content;
};
template <class V>
void describe(V& field, Message& message) {
  field.required("role", message.role, "user or assistant");
  field.required("content", message.content, "a text or a list of blocks");
}

struct Tool {
  std::string name;
  std::string description;
  json::value input_schema;
};
template <class V>
void describe(V& field, Tool& tool) {
  field.required("name", tool.name);
  field.optional("description", tool.description);
  field.optional("input_schema", tool.input_schema, "a JSON Schema");
}

struct ToolChoice {
  std::string type;
  std::string name;
  bool disable_parallel_tool_use = false;
};
template <class V>
void describe(V& field, ToolChoice& choice) {
  field.required("type", choice.type, "auto, any, tool or none");
  field.optional("name", choice.name, "with type tool");
  field.optional("disable_parallel_tool_use", choice.disable_parallel_tool_use);
}

struct Thinking {
  std::string type;
};
template <class V>
void describe(V& field, Thinking& thinking) {
  field.required("type", thinking.type, "enabled, adaptive or disabled");
}

// What counting needs.
struct PromptBody {
  std::string model;
  std::vector<Message> messages;
  json::value system;
  std::vector<Tool> tools;
  std::optional<ToolChoice> tool_choice;
  std::optional<Thinking> thinking;
};
template <class V>
void describe_prompt(V& field, PromptBody& body) {
  field.required("model", body.model, "name of the model");
  field.required("messages", body.messages);
  field.optional("system", body.system, "a text or a list of text blocks");
  field.optional("tools", body.tools);
  field.optional("tool_choice", body.tool_choice);
  field.optional("thinking", body.thinking);
}
struct CountBody : PromptBody {};
template <class V>
void describe(V& field, CountBody& body) {
  describe_prompt(field, body);
}

struct OutputFormat {
  std::string type;
  json::value schema;
};
template <class V>
void describe(V& field, OutputFormat& format) {
  field.required("type", format.type, "json_schema");
  field.required("schema", format.schema);
}
struct OutputConfig {
  std::optional<OutputFormat> format;
};
template <class V>
void describe(V& field, OutputConfig& config) {
  field.optional("format", config.format, "what the answer must look like");
}

struct MessagesBody : PromptBody {
  std::int64_t max_tokens = 0;
  std::vector<std::string> stop_sequences;
  bool stream = false;
  std::optional<double> temperature;
  std::optional<double> top_p;
  std::optional<int> top_k;
  OutputConfig output_config;
  bool truncate = true;
};
template <class V>
void describe(V& field, MessagesBody& body) {
  describe_prompt(field, body);
  field.required("max_tokens", body.max_tokens, "at most so many tokens");
  field.optional("stop_sequences", body.stop_sequences);
  field.optional("stream", body.stream, "answer as server-sent events");
  field.optional("temperature", body.temperature, "the model's default unless given");
  field.optional("top_p", body.top_p);
  field.optional("top_k", body.top_k);
  field.optional("output_config", body.output_config);
  field.optional("truncate", body.truncate, "extension: false: a prompt that does not fit is a 400 and loses nothing");
}

// Messages, tools, tool_choice and thinking.
engine::GenerateRequest to_request(const PromptBody& body);
// And what concerns the answer.
engine::GenerateRequest to_request(const MessagesBody& body);
// By Ollama's names, as Service::generate takes them.
json::object to_options(const MessagesBody& body);

}  // namespace fragua::api::anthropic
