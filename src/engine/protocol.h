// What the server and a `fragua engine` child say to each other: described structs in length-prefixed frames (engine/frame.h).
// Callers: inference/fleet on one side, engine/host on the other. Threads: plain data.
// Carries messages and options of one request; never HTTP, users' names or keys (`user` is an opaque scope for sharing).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/body.h"
#include "engine/constrain/grammar.h"
#include "engine/sample/sampler.h"

namespace fragua::engine {

struct ToolCall {
  std::string id;
  std::string name;
  json::value arguments;  // an object
};
template <class V> void describe(V& field, ToolCall& call) {
  field.optional("id", call.id);
  field.required("name", call.name);
  field.optional("arguments", call.arguments);
}

struct Message {
  std::string role;
  std::string content;
  std::string thinking;
  std::vector<std::string> images;  // base64
  std::vector<std::uint32_t> image_offsets;  // where in content each stands, in bytes; none: before it, or where it says [img]
  std::vector<ToolCall> tool_calls;
  std::string tool_name;
  std::string tool_call_id;
};
template <class V> void describe(V& field, Message& message) {
  field.required("role", message.role);
  field.optional("content", message.content);
  field.optional("thinking", message.thinking);
  field.optional("images", message.images);
  field.optional("image_offsets", message.image_offsets);
  field.optional("tool_calls", message.tool_calls);
  field.optional("tool_name", message.tool_name);
  field.optional("tool_call_id", message.tool_call_id);
}

// First frame to an engine.
struct LoadRequest {
  std::string model_path;
  std::vector<std::string> adapter_paths;
  std::string projector_path;
  std::string go_template;             // a Modelfile's TEMPLATE; empty: the model's own Jinja
  std::string system;                  // the model's SYSTEM: its rendering is the pinned prefix
  std::string cache_folder;            // prefix snapshots and tuning results; empty: none
  std::string cache_key;               // digest of model and adapters
  int threads = 0;                     // 0: physical cores
  int gpu_layers = -1;                 // -1: all that fit
  int parallel_max = 16;
  std::uint32_t context_tokens = 4096;      // KV cells to begin with
  std::uint32_t context_tokens_hint = 0;    // what it is loaded for will want: layers leave room for so many on a GPU
  std::uint32_t context_tokens_max = 0;     // 0: by memory_budget_bytes
  std::uint64_t memory_budget_bytes = 0;
  int draft_tokens_max = 15;           // guessed ahead in one step; 0: none
  int gap_target_ms = 250;             // the longest step while someone decodes
  bool isolate_users = true;           // prefixes are shared between users only where they are the model's own
  bool use_mmap = true;
};
template <class V> void describe(V& field, LoadRequest& load) {
  field.required("model_path", load.model_path);
  field.optional("adapter_paths", load.adapter_paths);
  field.optional("projector_path", load.projector_path);
  field.optional("go_template", load.go_template);
  field.optional("system", load.system);
  field.optional("cache_folder", load.cache_folder);
  field.optional("cache_key", load.cache_key);
  field.optional("threads", load.threads);
  field.optional("gpu_layers", load.gpu_layers);
  field.optional("parallel_max", load.parallel_max);
  field.optional("context_tokens", load.context_tokens);
  field.optional("context_tokens_hint", load.context_tokens_hint);
  field.optional("context_tokens_max", load.context_tokens_max);
  field.optional("memory_budget_bytes", load.memory_budget_bytes);
  field.optional("draft_tokens_max", load.draft_tokens_max);
  field.optional("gap_target_ms", load.gap_target_ms);
  field.optional("isolate_users", load.isolate_users);
  field.optional("use_mmap", load.use_mmap);
}

// What the loaded model is and can do.
struct ModelInfo {
  std::string architecture;
  std::uint64_t parameters = 0;
  std::uint32_t context_train = 0;     // tokens
  std::uint32_t embedding_length = 0;
  std::uint32_t vocabulary = 0;
  bool generates = true;
  bool embeds = false;                 // an embedding model (encoder or pooled)
  bool has_template = false;
  bool tools = false;
  bool thinking = false;
  bool vision = false;
  bool insert = false;                 // fill-in-the-middle
  std::int32_t layers = 0;             // the output counts as one
  std::int32_t gpu_layers = 0;         // of them on a GPU
  std::uint64_t load_ns = 0;
};
template <class V> void describe(V& field, ModelInfo& info) {
  field.required("architecture", info.architecture);
  field.optional("parameters", info.parameters);
  field.optional("context_train", info.context_train);
  field.optional("embedding_length", info.embedding_length);
  field.optional("vocabulary", info.vocabulary);
  field.optional("generates", info.generates);
  field.optional("embeds", info.embeds);
  field.optional("has_template", info.has_template);
  field.optional("tools", info.tools);
  field.optional("thinking", info.thinking);
  field.optional("vision", info.vision);
  field.optional("insert", info.insert);
  field.optional("layers", info.layers);
  field.optional("gpu_layers", info.gpu_layers);
  field.optional("load_ns", info.load_ns);
}

enum class Priority : int { interactive = 0, title = 1, batch = 2 };

struct GenerateRequest {
  // What to answer: messages, else prompt (with context before it).
  std::vector<Message> messages;
  std::optional<std::string> prompt;   // text as it stands, special tokens parsed
  std::optional<std::string> suffix;   // with prompt: fill in the middle
  std::vector<std::int32_t> context;   // tokens that precede the prompt
  std::vector<std::string> images;     // base64, with prompt
  json::value tools;                   // OpenAI's list of tools, or null
  std::string tool_choice = "auto";    // auto, none, required, or a tool's name
  bool parallel_tool_calls = true;
  std::optional<bool> think;
  std::string think_level;             // low, medium, high
  std::string grammar_kind;            // "", json, json_schema, ebnf, regex
  std::string grammar;
  SamplingOptions sampling;
  std::int64_t num_predict = -1;       // -1: until it stops or the context is full
  std::uint32_t num_ctx = 4096;        // logical limit of prompt and answer together
  std::vector<std::string> stop;
  bool truncate = true;                // drop the oldest turns (messages) or tokens (prompt) that do not fit; else an error
  bool ignore_stop_token = false;      // keep on after the end-of-text token (benchmarks)
  bool return_context = false;         // Done carries prompt and answer tokens
  std::string go_template;             // instead of the model's, for this request
  std::string user;                    // opaque sharing scope
  int priority = 0;
  int threads = 0;                     // that compute it, at most; 0: as the engine has
};
template <class V> void describe(V& field, GenerateRequest& request) {
  field.optional("messages", request.messages);
  field.optional("prompt", request.prompt);
  field.optional("suffix", request.suffix);
  field.optional("context", request.context);
  field.optional("images", request.images);
  field.optional("tools", request.tools);
  field.optional("tool_choice", request.tool_choice);
  field.optional("parallel_tool_calls", request.parallel_tool_calls);
  field.optional("think", request.think);
  field.optional("think_level", request.think_level);
  field.optional("grammar_kind", request.grammar_kind);
  field.optional("grammar", request.grammar);
  field.optional("sampling", request.sampling);
  field.optional("num_predict", request.num_predict);
  field.optional("num_ctx", request.num_ctx);
  field.optional("stop", request.stop);
  field.optional("truncate", request.truncate);
  field.optional("ignore_stop_token", request.ignore_stop_token);
  field.optional("return_context", request.return_context);
  field.optional("go_template", request.go_template);
  field.optional("user", request.user);
  field.optional("priority", request.priority);
  field.optional("threads", request.threads);
}

struct TokenLogprob {
  std::int32_t token = 0;
  std::string piece;                   // raw bytes may be invalid UTF-8: carried as base64 by the writer of JSON answers
  double logprob = 0;
};
template <class V> void describe(V& field, TokenLogprob& logprob) {
  field.required("token", logprob.token);
  field.required("piece", logprob.piece);
  field.required("logprob", logprob.logprob);
}
struct Logprob {
  TokenLogprob chosen;
  std::vector<TokenLogprob> top;
};
template <class V> void describe(V& field, Logprob& logprob) {
  field.required("chosen", logprob.chosen);
  field.optional("top", logprob.top);
}

// A tool call as it streams: name and id come once, then pieces of the arguments' text.
struct ToolCallDelta {
  int index = 0;
  std::string id;
  std::string name;
  std::string arguments;
};
template <class V> void describe(V& field, ToolCallDelta& delta) {
  field.required("index", delta.index);
  field.optional("id", delta.id);
  field.optional("name", delta.name);
  field.optional("arguments", delta.arguments);
}

struct Delta {
  std::string content;
  std::string thinking;
  std::vector<ToolCallDelta> tool_calls;
  std::vector<Logprob> logprobs;
  // So far, as in Done: an answer that breaks off is counted as far as it went.
  std::uint32_t prompt_tokens = 0;
  std::uint32_t cached_tokens = 0;
  std::uint32_t answer_tokens = 0;
};
template <class V> void describe(V& field, Delta& delta) {
  field.optional("content", delta.content);
  field.optional("thinking", delta.thinking);
  field.optional("tool_calls", delta.tool_calls);
  field.optional("logprobs", delta.logprobs);
  field.optional("prompt_tokens", delta.prompt_tokens);
  field.optional("cached_tokens", delta.cached_tokens);
  field.optional("answer_tokens", delta.answer_tokens);
}

struct Done {
  std::string reason;                  // stop, length, tool_calls
  std::string stop_sequence;           // which of `stop` ended it
  std::string missing;                 // structured output cut by length: what was still to come
  std::vector<ToolCall> tool_calls;    // complete, parsed
  std::uint32_t prompt_tokens = 0;     // all of them, cached ones included
  std::uint32_t cached_tokens = 0;     // of which already in the cache
  std::uint32_t answer_tokens = 0;
  std::uint32_t steps = 0;             // decode calls this answer took part in after its prompt
  std::uint32_t dropped_tokens = 0;    // by truncation
  std::uint32_t dropped_messages = 0;
  std::uint64_t queue_ns = 0;
  std::uint64_t prompt_ns = 0;
  std::uint64_t answer_ns = 0;
  std::vector<std::int32_t> context;
};
template <class V> void describe(V& field, Done& done) {
  field.required("reason", done.reason);
  field.optional("stop_sequence", done.stop_sequence);
  field.optional("missing", done.missing);
  field.optional("tool_calls", done.tool_calls);
  field.optional("prompt_tokens", done.prompt_tokens);
  field.optional("cached_tokens", done.cached_tokens);
  field.optional("answer_tokens", done.answer_tokens);
  field.optional("steps", done.steps);
  field.optional("dropped_tokens", done.dropped_tokens);
  field.optional("dropped_messages", done.dropped_messages);
  field.optional("queue_ns", done.queue_ns);
  field.optional("prompt_ns", done.prompt_ns);
  field.optional("answer_ns", done.answer_ns);
  field.optional("context", done.context);
}

struct EmbedRequest {
  std::vector<std::string> inputs;
  std::vector<std::vector<std::int32_t>> token_inputs;  // instead of inputs
  std::uint32_t num_ctx = 0;           // 0: the model's own
  bool truncate = true;
};
template <class V> void describe(V& field, EmbedRequest& request) {
  field.optional("inputs", request.inputs);
  field.optional("token_inputs", request.token_inputs);
  field.optional("num_ctx", request.num_ctx);
  field.optional("truncate", request.truncate);
}

// Not JSON: floats travel as bytes (frame.h). Vectors are L2-normalised.
struct Embeddings {
  std::uint32_t dimensions = 0;
  std::uint32_t prompt_tokens = 0;
  std::vector<float> values;           // inputs × dimensions
};

struct TextRequest {                   // tokenize (text), detokenize (tokens), or render (messages -> prompt text and its tokens)
  std::string text;
  std::vector<std::int32_t> tokens;
  std::vector<Message> messages;
  json::value tools;
  bool add_special = true;
};
template <class V> void describe(V& field, TextRequest& request) {
  field.optional("text", request.text);
  field.optional("tokens", request.tokens);
  field.optional("messages", request.messages);
  field.optional("tools", request.tools);
  field.optional("add_special", request.add_special);
}
struct TextAnswer {
  std::string text;
  std::vector<std::int32_t> tokens;    // of the text; images have none
  std::vector<std::string> pieces;     // sanitised text of each token
  std::uint32_t prompt_tokens = 0;     // render: as the model counts them, images included
};
template <class V> void describe(V& field, TextAnswer& answer) {
  field.optional("text", answer.text);
  field.optional("tokens", answer.tokens);
  field.optional("pieces", answer.pieces);
  field.optional("prompt_tokens", answer.prompt_tokens);
}

// Counters since the load, and what is there now.
struct EngineStats {
  std::uint64_t prompt_tokens_computed = 0;
  std::uint64_t prompt_tokens_cached = 0;
  std::uint64_t answer_tokens = 0;
  std::uint64_t steps = 0;
  std::uint64_t aborted_steps = 0;
  std::uint32_t running = 0;
  std::uint32_t waiting = 0;
  std::uint32_t cached_prefixes = 0;
  std::uint32_t context_tokens = 0;
};
template <class V> void describe(V& field, EngineStats& stats) {
  field.optional("prompt_tokens_computed", stats.prompt_tokens_computed);
  field.optional("prompt_tokens_cached", stats.prompt_tokens_cached);
  field.optional("answer_tokens", stats.answer_tokens);
  field.optional("steps", stats.steps);
  field.optional("aborted_steps", stats.aborted_steps);
  field.optional("running", stats.running);
  field.optional("waiting", stats.waiting);
  field.optional("cached_prefixes", stats.cached_prefixes);
  field.optional("context_tokens", stats.context_tokens);
}

// After the load, and when its context has grown.
struct MemoryUse {
  std::uint64_t gpu_bytes = 0;         // weights, cells, and what is computed in; not the driver's own part
};
template <class V> void describe(V& field, MemoryUse& use) {
  field.required("gpu_bytes", use.gpu_bytes);
}

struct Failure {
  std::string code;                    // name_of(ErrorCode)
  std::string message;
};
template <class V> void describe(V& field, Failure& failure) {
  field.required("code", failure.code);
  field.required("message", failure.message);
}

}  // namespace fragua::engine
