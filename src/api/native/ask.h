// Asking the documents, for every dialect that does. Callers: api/native, api/openai. Threads: the loop's.
// A client that leaves ends its answer.
#pragma once
#include "api/call.h"
#include "api/native/document_json.h"

namespace fragua::api::native {

// For answers that are sent whole.
class Silence final : public documents::AskListener {
 public:
  Task<> found(const std::vector<documents::Passage>&) override { co_return; }
  Task<> said(std::string) override { co_return; }
};

Task<documents::Answer> ask(Call& call, documents::AskRequest request, documents::AskListener& listener);
json::object to_json(const documents::Answer& answer);

}  // namespace fragua::api::native
