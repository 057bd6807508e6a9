#include "catalogue/assistant/help_desk.h"

#include <algorithm>

#include "documents/ask_prompt.h"

namespace fragua::catalogue::assistant {

namespace {

// Keeps back that the documents do not have it: the assistant says that in its own words.
class Forwarding final : public documents::AskListener {
 public:
  explicit Forwarding(documents::AskListener& listener) : listener_(listener) {}
  Task<> found(const std::vector<documents::Passage>& passages) override { return listener_.found(passages); }
  Task<> said(std::string sentence) override {
    const bool is_denial = sentence == documents::not_there(documents::Tongue::spanish) || sentence == documents::not_there(documents::Tongue::english);
    if (!is_denial) co_await listener_.said(std::move(sentence));
  }

 private:
  documents::AskListener& listener_;
};

}  // namespace

Task<std::optional<documents::Answer>> DocumentHelpDesk::ask(HelpRequest request, std::shared_ptr<documents::AnswerControl> control, documents::AskListener& listener) {
  const auto collections = co_await documents_.collections(request.user);
  const auto found = std::find_if(collections.begin(), collections.end(),
                                  [&](const documents::Collection& collection) { return collection.id == request.collection || collection.name == request.collection; });
  if (request.collection.empty() || found == collections.end() || found->chunks == 0) co_return std::nullopt;
  documents::AskRequest wanted;
  wanted.query.question = std::move(request.question);
  wanted.query.collections = {found->id};
  wanted.model = std::move(request.model);
  wanted.history = std::move(request.history);
  wanted.options = std::move(request.options);
  Forwarding forwarding(listener);
  auto answer = co_await asking_.ask(request.user, std::move(wanted), control, forwarding);
  if (!answer.sufficient) co_return std::nullopt;
  co_return answer;
}

}  // namespace fragua::catalogue::assistant
