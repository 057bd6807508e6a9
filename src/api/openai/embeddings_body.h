// The body of POST /v1/embeddings. Callers: api/openai/embeddings. Threads: plain data.
// Unknown fields (user) are ignored.
#pragma once
#include <optional>
#include <string>

#include "base/body.h"

namespace fragua::api::openai {

struct EmbeddingsBody {
  std::string model;
  json::value input;
  std::string encoding_format = "float";
  std::optional<int> dimensions;
};
template <class V>
void describe(V& field, EmbeddingsBody& body) {
  field.required("model", body.model, "name of the model");
  field.required("input", body.input, "a text, tokens, or a list of either");
  field.optional("encoding_format", body.encoding_format, "float or base64");
  field.optional("dimensions", body.dimensions, "keep so many, and normalise again");
}

}  // namespace fragua::api::openai
