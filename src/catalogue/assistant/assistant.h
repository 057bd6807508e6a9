// Assistant: answers questions about a catalogue in words: figures and items from its data, how to buy from its documents, and nothing else.
// Callers: AssistantAnswerer, api/native. Threads: the loop's only.
// What figures and lists can answer is answered without a model (decision 0019); what a model writes is checked before it is told.
#pragma once
#include "base/log.h"
#include "catalogue/assistant/composer.h"
#include "catalogue/assistant/help_desk.h"

namespace fragua::catalogue::assistant {

constexpr std::size_t kChatQuestionMax = 4000;   // bytes

struct ChatRequest {
  CataloguePointer catalogue;
  std::string model;                      // that writes; "": the catalogue's own assistant
  std::string user;                       // sharing scope, and whose documents may be read
  std::string question;
  std::vector<ChatTurn> turns;            // before it
  json::object options;                   // Ollama's names
};

struct Reply {
  std::string text;
  Intent intent = Intent::open;
  Understanding understanding;            // of the question with those that it leans on
  std::int64_t total = 0;                 // items that it asks for
  std::vector<Item> items;                // that the text names
  std::vector<std::string> facts;         // that it stands on
  std::vector<documents::Source> sources;
  bool asked_model = false;
  documents::AnswerFigures figures;
};

struct AssistantParts {
  QuestionReader& reader;
  ItemFinder& items;
  documents::AnswerWriter& writer;
  HelpDesk& help;
  Log& log;
};

class Assistant {
 public:
  explicit Assistant(AssistantParts parts) : parts_(parts), composer_(parts.writer) {}
  // Error(invalid_argument): no question; Error(too_large); Error(cancelled): `control` ended it.
  Task<Reply> reply(ChatRequest request, std::shared_ptr<documents::AnswerControl> control, ReplyListener& listener);

 private:
  // "¿Cuánto cuesta la VIP de Noche de Metal?" asks for a price of an item, not how one buys.
  Task<bool> asks_what_item_costs(const ChatRequest& request);
  Task<> from_facts(const ChatRequest& request, Asked asked, std::shared_ptr<documents::AnswerControl> control, Reply& reply, ReplyListener& listener);
  Task<> from_model(const ChatRequest& request, const Facts& facts, std::shared_ptr<documents::AnswerControl> control, Reply& reply, ReplyListener& listener);
  Task<> from_documents(const ChatRequest& request, std::shared_ptr<documents::AnswerControl> control, Reply& reply, ReplyListener& listener);

  AssistantParts parts_;
  Composer composer_;
};

}  // namespace fragua::catalogue::assistant
