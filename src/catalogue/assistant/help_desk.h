// HelpDesk: what the data do not say (how to buy, refunds, kinds of tickets), from the documents that the catalogue's settings name.
// Callers: assistant. Threads: the loop's only.
// Reads nothing that the asker may not read: a shop gives "everyone" the right to its collection.
#pragma once
#include "documents/asking.h"
#include "documents/service.h"

namespace fragua::catalogue::assistant {

struct HelpRequest {
  std::string user;
  std::string collection;                 // its name or id
  std::string model;
  std::string question;
  std::vector<documents::Turn> history;
  json::object options;
};

class HelpDesk {
 public:
  virtual ~HelpDesk() = default;
  // Nothing: there is no such collection with documents in it, or they do not have the answer.
  virtual Task<std::optional<documents::Answer>> ask(HelpRequest request, std::shared_ptr<documents::AnswerControl> control, documents::AskListener& listener) = 0;
};

class DocumentHelpDesk final : public HelpDesk {
 public:
  // `asking` writes with ModelWriter.
  DocumentHelpDesk(documents::Service& documents, documents::Asking& asking) : documents_(documents), asking_(asking) {}
  Task<std::optional<documents::Answer>> ask(HelpRequest request, std::shared_ptr<documents::AnswerControl> control, documents::AskListener& listener) override;

 private:
  documents::Service& documents_;
  documents::Asking& asking_;
};

}  // namespace fragua::catalogue::assistant
