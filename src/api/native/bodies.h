// Bodies of Fragua's own endpoints. Callers: api/native. Threads: plain data.
// Unknown fields are refused: a misspelt field should not be ignored in silence.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/body.h"

namespace fragua::api::native {

struct TokenizeBody {
  std::string model;
  std::string text;
  bool add_special = true;
};
template <class V>
void describe(V& field, TokenizeBody& body) {
  field.required("model", body.model, "name of the model");
  field.required("text", body.text);
  field.optional("add_special", body.add_special, "false: without the tokens that begin and end a text");
}

struct DetokenizeBody {
  std::string model;
  std::vector<std::int32_t> tokens;
};
template <class V>
void describe(V& field, DetokenizeBody& body) {
  field.required("model", body.model, "name of the model");
  field.required("tokens", body.tokens);
}

struct RerankBody {
  std::string model;
  std::string query;
  std::vector<std::string> documents;
  std::optional<int> top_n;
  bool return_documents = false;
};
template <class V>
void describe(V& field, RerankBody& body) {
  field.required("model", body.model, "name of an embedding model");
  field.required("query", body.query);
  field.required("documents", body.documents);
  field.optional("top_n", body.top_n, "only so many of the best");
  field.optional("return_documents", body.return_documents, "each result with its text");
}

struct ModelfileBody {
  std::string modelfile;
};
template <class V> void describe(V& field, ModelfileBody& body) { field.required("modelfile", body.modelfile); }

struct ModelBody {
  std::string model, modelfile, quantize;
};
template <class V> void describe(V& field, ModelBody& body) {
  field.required("model", body.model, "the new model's name");
  field.required("modelfile", body.modelfile, "FROM names a model or an uploaded file (sha256:…)");
  field.optional("quantize", body.quantize, "q8_0, q4_0, q4_K_M …");
}

}  // namespace fragua::api::native
