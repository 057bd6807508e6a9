// FakeModelReader: answers what it is told to, and remembers what it was asked. Callers: tests of catalogue/question.
// Threads: the loop's.
#pragma once
#include "catalogue/question/model_reader.h"

namespace fragua::catalogue::tests {

class FakeModelReader final : public ModelReader {
 public:
  Task<std::optional<json::object>> read(std::string model, ModelQuestion question) override {
    asked.push_back(model + ": " + question.question);
    co_return answer;
  }
  std::optional<json::object> answer;
  std::vector<std::string> asked;
};

}  // namespace fragua::catalogue::tests
