// Composer: answers that a model writes from facts, told sentence by sentence as soon as each is checked; what is not borne out is not said.
// Callers: assistant. Threads: the loop's only.
// When nothing of what the model wrote can be said, the facts are told as they are.
#pragma once
#include "catalogue/assistant/evidence.h"
#include "documents/answer_writer.h"

namespace fragua::catalogue::assistant {

// Hears an answer as it is made. May wait for a slow reader.
class ReplyListener {
 public:
  virtual ~ReplyListener() = default;
  // A sentence or line, with the space or line end before it.
  virtual Task<> said(std::string piece) = 0;
};

struct ComposeRequest {
  CataloguePointer catalogue;
  const Facts& facts;                     // lives as long as the coroutine
  Tongue tongue = Tongue::spanish;
  std::string user;
  std::string model;
  json::object options;
};

struct Composed {
  std::string text;                       // "": nothing that the model wrote can be said
  std::vector<std::string> refused;       // what was not said, and why: "18 €: …"
  documents::AnswerFigures figures;
};

class Composer {
 public:
  explicit Composer(documents::AnswerWriter& writer) : writer_(writer) {}
  Task<Composed> compose(ComposeRequest request, std::shared_ptr<documents::AnswerControl> control, ReplyListener& listener);

 private:
  documents::AnswerWriter& writer_;
};

}  // namespace fragua::catalogue::assistant
