// ModelReader: asks a model for JSON of a schema. Callers: questions. Threads: the loop's only. One fake in its tests.
// Says nothing where there is no such model or it fails: what the rules understood is an answer too.
#pragma once
#include <optional>
#include <string>

#include "catalogue/question/model_values.h"
#include "inference/service.h"

namespace fragua::catalogue {

class ModelReader {
 public:
  virtual ~ModelReader() = default;
  virtual Task<std::optional<json::object>> read(std::string model, ModelQuestion question) = 0;
};

class InferenceModelReader final : public ModelReader {
 public:
  InferenceModelReader(inference::Service& inference, Log& log) : inference_(inference), log_(log) {}
  Task<std::optional<json::object>> read(std::string model, ModelQuestion question) override;

 private:
  Task<std::string> ask(std::string model, ModelQuestion question);

  inference::Service& inference_;
  Log& log_;
};

// What a model is sent for it.
engine::GenerateRequest request_of(const ModelQuestion& question);

}  // namespace fragua::catalogue
