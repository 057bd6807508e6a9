#include "conversations/dialogue.h"

#include <algorithm>

#include "base/strings.h"
#include "conversations/titles.h"

namespace fragua::conversations {

namespace {

constexpr std::int64_t kMessagesMax = 50'000;        // of one conversation
constexpr std::int64_t kPromptMessagesMax = 2000;
constexpr std::size_t kPromptImagesMaxBytes = 24 << 20;
constexpr std::size_t kPromptImagesMax = 48;         // the engine takes 64 in one request
constexpr std::size_t kQuestionMaxBytes = 1 << 20;
constexpr std::size_t kCollectionsMax = 20;

void check(const Question& question) {
  const auto fail = [](const char* text) { throw Error(ErrorCode::invalid_argument, text); };
  if (trimmed(question.content).empty() && question.images.empty()) fail("\"content\" must not be empty");
  if (question.content.size() > kQuestionMaxBytes) throw Error(ErrorCode::too_large, "\"content\" must be at most 1 MiB");
  if (question.images.size() > kImagesMax) fail("\"images\" must have at most 16 entries");
  if (question.collections.size() > kCollectionsMax) fail("\"collections\" must have at most 20 entries");
  if (!question.collections.empty() && !question.images.empty()) fail("\"images\" must be left out: documents are asked in words");
}

StoredFile read_image(const std::string& text) {
  auto bytes = from_base64(text);
  if (!bytes) throw Error(ErrorCode::invalid_argument, "\"images\" must be base64 without data: before it, or ids of this conversation's images");
  if (bytes->size() > kImageMaxBytes) throw Error(ErrorCode::too_large, "an image must be at most 20 MiB");
  const auto type = image_type(*bytes);
  // The engine reads no WebP; one that was imported is only shown.
  if (!type || *type == "image/webp") throw Error(ErrorCode::invalid_argument, "an image must be PNG, JPEG, GIF or BMP");
  return {"", "", *type, std::move(*bytes)};
}

// An edited question names the images that it keeps by their ids.
std::vector<StoredFile> read_images(db::Connection& connection, const std::string& conversation_id, const std::vector<std::string>& images) {
  std::vector<StoredFile> files;
  for (const auto& image : images) {
    auto kept = image.size() == kIdLength ? MessageRepository(connection).find_file(conversation_id, image) : std::nullopt;
    files.push_back(kept ? std::move(*kept) : read_image(image));
  }
  return files;
}

}  // namespace

// What is known before anything is stored.
struct Dialogue::Plan {
  std::string user;
  Conversation conversation;
  AnswerRequest request;                 // its messages: the branch so far
  std::shared_ptr<void> place;
};

// What is asked of a model: after which message, and with which new question.
struct Dialogue::Asked {
  std::string leaf_id;
  std::string model;
  std::optional<PromptMessage> question;
  std::vector<std::string> collections;
};

Dialogue::Dialogue(DialogueParts parts, AnswerLimits limits)
    : parts_(std::move(parts)), running_(parts_.executor, parts_.store, parts_.answerer, parts_.log, limits) {}

Task<Conversation> Dialogue::conversation(std::string user, std::string id) {
  const auto work = [user, id](db::Connection& connection) { return ConversationRepository(connection).require(user, id); };
  co_return co_await parts_.store.read(work);
}

// Of the images the newest: an old one that is too much is left out.
std::vector<PromptMessage> Dialogue::read_branch(db::Connection& connection, const std::string& conversation_id, const std::string& leaf_id,
                                                 std::int64_t bytes) {
  MessageRepository repository(connection);
  auto messages = repository.branch(conversation_id, leaf_id, {kPromptMessagesMax, bytes}).messages;
  std::vector<PromptMessage> branch(messages.size());
  std::size_t image_bytes = 0, images = 0;
  for (auto i = messages.size(); i > 0; --i) {
    auto& entry = branch[i - 1];
    entry.message = std::move(messages[i - 1]);
    for (const auto& id : entry.message.images) {
      if (image_bytes >= kPromptImagesMaxBytes || images == kPromptImagesMax) break;
      auto file = repository.find_file(conversation_id, id);
      if (!file || file->type == "image/webp") continue;
      image_bytes += file->bytes.size();
      ++images;
      entry.images.push_back(std::move(file->bytes));
    }
  }
  return branch;
}

// Everything that can be refused is refused here.
Task<Dialogue::Plan> Dialogue::plan(std::string user, Conversation conversation, Asked asked) {
  Plan plan;
  plan.user = user;
  plan.request.model = asked.model.empty() ? conversation.model : asked.model;
  if (plan.request.model.empty()) throw Error(ErrorCode::invalid_argument, "\"model\" is required: this conversation has none yet");
  plan.request.settings = settings_of(conversation.parameters);
  plan.request.collections = std::move(asked.collections);
  const auto context = co_await parts_.answerer.context_tokens(plan.request.model, plan.request.settings);
  std::vector<PromptMessage> branch;
  if (!asked.leaf_id.empty()) {
    const auto work = [id = conversation.id, leaf_id = asked.leaf_id, bytes = prompt_bytes_max(context)](db::Connection& connection) {
      MessageRepository(connection).require(id, leaf_id);
      return read_branch(connection, id, leaf_id, bytes);
    };
    branch = co_await parts_.store.read(work);
  }
  if (asked.question) branch.push_back(std::move(*asked.question));
  auto& request = plan.request.request;
  request.messages = prompt_of(conversation, branch);
  request.think = plan.request.settings.think;
  request.user = user;
  co_await parts_.answerer.check(plan.request);
  plan.conversation = std::move(conversation);
  plan.place = running_.enter(user);
  co_return plan;
}

Message Dialogue::new_answer(const std::string& model, const std::string& parent_id) const {
  Message answer;
  answer.id = new_id(parts_.entropy);
  answer.parent_id = parent_id;
  answer.role = "assistant";
  answer.model = model;
  answer.status = "running";
  answer.created_at = to_millis(parts_.clock.system());
  return answer;
}

namespace {

// A question and its answer, in one transaction; they come back as they are stored.
struct Pair {
  std::string user;
  std::string conversation_id;
  std::string title_words;
  std::int64_t now = 0;
  Exchange exchange;

  void store(db::Connection& connection) {
    ConversationRepository conversations(connection);
    MessageRepository messages(connection);
    const auto conversation = conversations.require(user, conversation_id);
    if (messages.count(conversation.id) >= kMessagesMax)
      throw Error(ErrorCode::too_large, "this conversation has 50,000 messages: begin another");
    auto& [question, files, answer, is_again] = exchange;
    const auto owner_word = search_owner(user);
    if (question) messages.add(conversation.id, owner_word, *question);
    for (const auto& file : files) messages.add_file(conversation.id, file, now);
    if (!is_again) messages.add(conversation.id, owner_word, answer);
    else if (!messages.start_again(answer.id)) throw Error(ErrorCode::conflict, "this answer is still being written");
    conversations.touch(conversation.id, answer.id, std::max(now, conversation.updated_at));
    conversations.set_model_if_none(conversation.id, answer.model);
    if (!title_words.empty()) conversations.set_title(conversation.id, title_words, titled_by::kWords);
    if (question) question = messages.require(conversation.id, question->id);
    answer = messages.require(conversation.id, answer.id);
  }
};

}  // namespace

Task<Dialogue::Reader> Dialogue::start(Plan plan, Exchange exchange) {
  const auto& conversation = plan.conversation;
  Pair pair{plan.user, conversation.id, conversation.title, to_millis(parts_.clock.system()), std::move(exchange)};
  if (conversation.titled_by == titled_by::kNobody && pair.exchange.question) pair.title_words = first_words(pair.exchange.question->content);
  auto work = [pair = std::move(pair)](db::Connection& connection) mutable {
    pair.store(connection);
    return std::move(pair);
  };
  auto stored = co_await parts_.store.write(std::move(work));
  auto running = std::make_shared<RunningAnswer>();
  running->user = plan.user;
  running->conversation_id = conversation.id;
  running->request = std::move(plan.request);
  running->wants_title = conversation.titled_by == titled_by::kNobody || conversation.titled_by == titled_by::kWords;
  running->title_words = std::move(stored.title_words);
  running->message = std::move(stored.exchange.answer);
  running->place = std::move(plan.place);
  running_.start(running);
  co_return subscribe(std::move(running), std::move(stored.exchange.question));
}

Dialogue::Reader Dialogue::subscribe(std::shared_ptr<RunningAnswer> answer, std::optional<Message> question) {
  return std::make_shared<Subscription>(parts_.executor, std::move(answer), std::move(question));
}

Task<Dialogue::Reader> Dialogue::ask(std::string user, std::string conversation_id, Question question) {
  check(question);
  auto found = co_await conversation(user, conversation_id);
  Exchange exchange;
  if (!question.images.empty()) {
    const auto read = [conversation_id, images = std::move(question.images)](db::Connection& connection) {
      return read_images(connection, conversation_id, images);
    };
    exchange.files = co_await parts_.store.read(read);
  }
  Message asked;
  asked.id = new_id(parts_.entropy);
  asked.parent_id = question.parent_id;
  asked.role = "user";
  asked.content = std::move(question.content);
  asked.collections = question.collections;
  asked.created_at = to_millis(parts_.clock.system());
  PromptMessage last;
  for (auto& file : exchange.files) {
    file.id = new_id(parts_.entropy);
    file.message_id = asked.id;
    asked.images.push_back(file.id);
    last.images.push_back(file.bytes);
  }
  last.message = asked;
  Asked wanted{question.parent_id, question.model, std::move(last), std::move(question.collections)};
  auto plan = co_await this->plan(user, std::move(found), std::move(wanted));
  exchange.answer = new_answer(plan.request.model, asked.id);
  exchange.question = std::move(asked);
  co_return co_await start(std::move(plan), std::move(exchange));
}

Task<Message> Dialogue::message(std::string conversation_id, std::string message_id) {
  const auto work = [conversation_id, message_id](db::Connection& connection) {
    return MessageRepository(connection).require(conversation_id, message_id);
  };
  co_return co_await parts_.store.read(work);
}

// A model alone would go on with what no document bears.
Task<bool> Dialogue::is_from_documents(std::string conversation_id, Message answer) {
  if (answer.parent_id.empty()) co_return false;
  const auto question = co_await message(conversation_id, answer.parent_id);
  co_return !question.collections.empty();
}

Task<Dialogue::Reader> Dialogue::answer_again(std::string user, std::string conversation_id, std::string message_id, std::string model) {
  auto found = co_await conversation(user, conversation_id);
  const auto question = co_await message(conversation_id, message_id);
  if (question.role != "user") throw Error(ErrorCode::invalid_argument, "only a question can be answered: name the user's message");
  Asked wanted{message_id, std::move(model), std::nullopt, question.collections};
  auto plan = co_await this->plan(user, std::move(found), std::move(wanted));
  Exchange exchange;
  exchange.answer = new_answer(plan.request.model, message_id);
  co_return co_await start(std::move(plan), std::move(exchange));
}

Task<Dialogue::Reader> Dialogue::go_on(std::string user, std::string conversation_id, std::string message_id) {
  auto found = co_await conversation(user, conversation_id);
  Exchange exchange;
  exchange.is_again = true;
  exchange.answer = co_await message(conversation_id, message_id);
  const auto& answer = exchange.answer;
  if (answer.role != "assistant") throw Error(ErrorCode::invalid_argument, "only an answer can go on: name the assistant's message");
  if (answer.status == "running") throw Error(ErrorCode::conflict, "this answer is still being written");
  const bool is_grounded = co_await is_from_documents(conversation_id, answer);
  if (is_grounded) throw Error(ErrorCode::conflict, "an answer from documents does not go on: ask for another answer");
  // One that has not begun to speak begins anew: templates have no place for half a thought.
  Asked wanted{answer.content.empty() ? answer.parent_id : message_id, answer.model, std::nullopt, {}};
  auto plan = co_await this->plan(user, std::move(found), std::move(wanted));
  co_return co_await start(std::move(plan), std::move(exchange));
}

Task<> Dialogue::stop(std::string user, std::string conversation_id, std::string message_id) {
  const auto work = [user, conversation_id, message_id](db::Connection& connection) {
    ConversationRepository(connection).require(user, conversation_id);
    MessageRepository(connection).require(conversation_id, message_id);
  };
  co_await parts_.store.read(work);
  running_.stop(message_id);
}

Task<Dialogue::Reader> Dialogue::follow(std::string user, std::string conversation_id, std::string message_id) {
  const auto work = [user, conversation_id, message_id](db::Connection& connection) {
    ConversationRepository(connection).require(user, conversation_id);
    return MessageRepository(connection).require(conversation_id, message_id);
  };
  auto message = co_await parts_.store.read(work);
  if (auto running = running_.find(message_id)) co_return subscribe(std::move(running), std::nullopt);
  auto over = std::make_shared<RunningAnswer>();
  over->message = std::move(message);
  if (over->message.status == "running") over->message.status = "stopped";   // its end could not be stored
  over->written = over->ended = over->closed = true;
  co_return subscribe(std::move(over), std::nullopt);
}

}  // namespace fragua::conversations
