// Bodies of Ollama's model-management endpoints. Callers: api/ollama. Threads: plain data.
// `name` is the older word for `model` and counts when `model` is absent or empty.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/ollama/bodies.h"

namespace fragua::api::ollama {

struct NamedBody {
  std::string model;
  std::string name;
  const std::string& wanted() const { return model.empty() ? name : model; }
};
template <class V> void describe_named(V& field, NamedBody& body) {
  field.optional("model", body.model, "name of the model");
  field.optional("name", body.name, "older word for model");
}

struct ShowBody : NamedBody {
  bool verbose = false;
};
template <class V> void describe(V& field, ShowBody& body) {
  describe_named(field, body);
  field.optional("verbose", body.verbose, "long arrays and tensors too");
}

struct DeleteBody : NamedBody {};
template <class V> void describe(V& field, DeleteBody& body) { describe_named(field, body); }

struct CopyBody {
  std::string source;
  std::string destination;
};
template <class V> void describe(V& field, CopyBody& body) {
  field.required("source", body.source);
  field.required("destination", body.destination);
}

struct TransferBody : NamedBody {
  bool insecure = false;
  std::optional<bool> stream;
};
template <class V> void describe(V& field, TransferBody& body) {
  describe_named(field, body);
  field.optional("insecure", body.insecure, "plain http and unchecked certificates, for a registry that the configuration allows");
  field.optional("stream", body.stream);
}

struct CreateBody : NamedBody {
  std::string from;
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> adapters;
  std::string template_;
  json::value license;
  std::string system;
  json::object parameters;
  std::vector<Message> messages;
  std::string quantize;
  std::string quantization;
  std::string requires_;
  std::string renderer;
  std::string parser;
  std::optional<bool> stream;
};
template <class V> void describe(V& field, CreateBody& body) {
  describe_named(field, body);
  field.optional("from", body.from, "an existing model");
  field.optional("files", body.files, "file name to digest of an uploaded blob");
  field.optional("adapters", body.adapters, "file name to digest of an uploaded blob");
  field.optional("template", body.template_, "Go text/template");
  field.optional("license", body.license, "a text or a list of texts");
  field.optional("system", body.system);
  field.optional("parameters", body.parameters);
  field.optional("messages", body.messages);
  field.optional("quantize", body.quantize, "q4_K_M, q8_0, …");
  field.optional("quantization", body.quantization, "older word for quantize");
  field.optional("requires", body.requires_);
  field.optional("renderer", body.renderer);
  field.optional("parser", body.parser);
  field.optional("stream", body.stream);
}

struct EmbedBody {
  std::string model;
  json::value input;
  std::string prompt;
  std::optional<bool> truncate;
  int dimensions = 0;
  json::value keep_alive;
  json::object options;
};
template <class V> void describe(V& field, EmbedBody& body) {
  field.optional("model", body.model, "name of the model");
  field.optional("input", body.input, "a text or a list of texts");
  field.optional("prompt", body.prompt, "the one text of /api/embeddings");
  field.optional("truncate", body.truncate, "false: an input that does not fit is an error");
  field.optional("dimensions", body.dimensions, "keep so many, and normalise again");
  field.optional("keep_alive", body.keep_alive);
  field.optional("options", body.options);
}

}  // namespace fragua::api::ollama
