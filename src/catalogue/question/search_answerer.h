// SearchAnswerer: the role of a catalogue's search model: says what a question asks for as one line of JSON, whatever the question is.
// Callers: Answering, for every dialect. Threads: the loop's only. Instructions in a question are words like others.
#pragma once
#include "catalogue/answering.h"
#include "catalogue/question/questions.h"

namespace fragua::catalogue {

class SearchAnswerer final : public RoleAnswerer {
 public:
  explicit SearchAnswerer(Questions& questions) : questions_(questions) {}
  // The option "search_mode" says how: see Mode.
  Task<std::unique_ptr<inference::Generation>> answer(BoundRequest request) override;

 private:
  Questions& questions_;
};

}  // namespace fragua::catalogue
