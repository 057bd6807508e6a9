// DocumentAnswerer: answers the questions of conversations that name collections from their documents, and hands all others on to the models.
// Callers: app/server, which puts it between conversations and their models: neither room knows the other. Threads: the loop's only.
// Whose documents may be read is asked for every question; a source is what the documents' own API tells of it.
#pragma once
#include "conversations/answerer.h"
#include "documents/asking.h"
#include "documents/service.h"

namespace fragua::app {

class DocumentAnswerer final : public conversations::Answerer {
 public:
  DocumentAnswerer(conversations::Answerer& models, documents::Service& documents, documents::Asking& asking, asio::any_io_executor executor)
      : models_(models), documents_(documents), asking_(asking), executor_(std::move(executor)) {}

  Task<std::uint32_t> context_tokens(std::string model, conversations::AnswerSettings settings) override;
  Task<> check(conversations::AnswerRequest request) override;
  Task<std::unique_ptr<conversations::AnswerSource>> start(conversations::AnswerRequest request) override;

 private:
  conversations::Answerer& models_;
  documents::Service& documents_;
  documents::Asking& asking_;
  asio::any_io_executor executor_;
};

}  // namespace fragua::app
