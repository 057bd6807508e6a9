// SearchReader: questions as catalogue/question understands them. Callers: app/ (makes it), which hands it to the assistant.
// Threads: the loop's only. Asks a model only where catalogue/question does.
#pragma once
#include "catalogue/assistant/question_reader.h"
#include "catalogue/question/questions.h"

namespace fragua::catalogue::assistant {

class SearchReader final : public QuestionReader {
 public:
  explicit SearchReader(Questions& questions) : questions_(questions) {}
  Task<Understanding> read(CataloguePointer catalogue, std::string question) override { return questions_.understand(std::move(catalogue), std::move(question)); }
  std::string today(const Catalogue& catalogue) override { return text_of(questions_.today(catalogue)); }

 private:
  Questions& questions_;
};

}  // namespace fragua::catalogue::assistant
