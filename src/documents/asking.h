// Asking: a question answered from a person's documents, sentence by sentence, each with the passage that bears it; what no passage bears is
// not said. Callers: api/native, api/openai. Threads: the loop's only.
// A passage is data: the model has no tools here, and its words reach the reader as text alone.
#pragma once
#include "documents/answer_writer.h"
#include "documents/retrieval.h"

namespace fragua::documents {

struct Turn {
  std::string role;                       // user, assistant
  std::string content;
};

struct AskRequest {
  RetrievalQuery query;                   // limit: passages for the model to read
  std::string model;                      // "": the writer's own choice
  std::string instructions;               // a collection's own prompt; "": the house's
  std::vector<Turn> history;
  bool needs_documents = true;            // false: answered without them
  json::object options;                   // Ollama's names
};

// A passage that the answer stands on.
struct Source {
  std::size_t number = 0;                 // as the answer says it: [1]
  Passage passage;
  std::string quote;                      // of the passage
  std::vector<Box> boxes;                 // of the quote, on `page`; none where the format has no places
  std::int64_t page = 0;                  // 0: the passage's first
};

struct Answer {
  std::string question;                   // as it was understood, with the conversation
  std::string text;                       // with markers like [1]
  bool sufficient = false;                // false: it is not in the documents, and `text` says so
  bool used_documents = true;             // false: the question needed none
  std::vector<Source> sources;
  std::vector<Passage> passages;          // all that the model was given to read
  AnswerFigures figures;
};

// Hears the answer as it is made. Both may wait for a slow reader.
class AskListener {
 public:
  virtual ~AskListener() = default;
  virtual Task<> found(const std::vector<Passage>& passages) = 0;
  // A sentence that is borne out, with its marker.
  virtual Task<> said(std::string sentence) = 0;
};

struct AskingOptions {
  std::string embedding_model;            // compares an answer with passages of another language
  double vector_score_min = 0;            // a question below it, with no rare word in common, is not in the documents
};

class Asking {
 public:
  Asking(Retrieval& retrieval, AnswerWriter& writer, Embedder& embedder, db::Store& store, AskingOptions options)
      : retrieval_(retrieval), writer_(writer), embedder_(embedder), store_(store), options_(std::move(options)) {}

  // `control` ends it early: Error(cancelled).
  Task<Answer> ask(std::string user, AskRequest request, std::shared_ptr<AnswerControl> control, AskListener& listener);

 private:
  Task<std::string> prompt_of(std::string user, std::vector<std::string> collections);
  Task<> answer_from_passages(std::string user, const AskRequest& request, std::shared_ptr<AnswerControl> control, Answer& answer,
                              AskListener& listener);
  Task<> answer_plainly(std::string user, const AskRequest& request, std::shared_ptr<AnswerControl> control, Answer& answer, AskListener& listener);
  Task<> place(Answer& answer);

  Retrieval& retrieval_;
  AnswerWriter& writer_;
  Embedder& embedder_;
  db::Store& store_;
  AskingOptions options_;
};

}  // namespace fragua::documents
