// Dialogue: asking: stores the question, starts its answer, and hands out who reads it; another answer, going on, stopping, following.
// Callers: api/native. Threads: the loop's only. When a Subscription is returned, question and answer are in the database.
// What belongs to somebody else is not found.
#pragma once
#include "conversations/message_repository.h"
#include "conversations/repository.h"
#include "conversations/running_answers.h"

namespace fragua::conversations {

struct Question {
  std::string parent_id;                  // "": the first of a conversation, or another beginning
  std::string content;
  std::vector<std::string> images;        // base64, or ids of files of the conversation
  std::string model;                      // "": the conversation's
  std::vector<std::string> collections;   // whose documents answer it
};

// A question with its images, and the answer that begins; or an answer that begins or goes on alone.
struct Exchange {
  std::optional<Message> question;
  std::vector<StoredFile> files;
  Message answer;
  bool is_again = false;                  // it is stored already and goes on
};

struct DialogueParts {
  asio::any_io_executor executor;
  db::Store& store;
  WorkerPool& pool;                       // for what computes: imports
  Answerer& answerer;
  const Clock& clock;
  Entropy entropy;
  Log& log;
};

class Dialogue {
 public:
  using Reader = std::shared_ptr<Subscription>;
  Dialogue(DialogueParts parts, AnswerLimits limits);

  // Error(not_found), Error(invalid_argument), Error(overloaded); what happens later is told by the events.
  Task<Reader> ask(std::string user, std::string conversation_id, Question question);
  // Another answer to a question.
  Task<Reader> answer_again(std::string user, std::string conversation_id, std::string message_id, std::string model);
  // Error(conflict): it is still being written, or there is nothing to go on with.
  Task<Reader> go_on(std::string user, std::string conversation_id, std::string message_id);
  Task<> stop(std::string user, std::string conversation_id, std::string message_id);
  // All text so far, then what comes; at once the end for an answer that is over.
  Task<Reader> follow(std::string user, std::string conversation_id, std::string message_id);
  RunningAnswers& running() { return running_; }

 private:
  struct Plan;
  struct Asked;
  Task<Conversation> conversation(std::string user, std::string id);
  Task<Message> message(std::string conversation_id, std::string message_id);
  Task<bool> is_from_documents(std::string conversation_id, Message answer);
  Task<Plan> plan(std::string user, Conversation conversation, Asked asked);
  static std::vector<PromptMessage> read_branch(db::Connection& connection, const std::string& conversation_id, const std::string& leaf_id,
                                                std::int64_t bytes);
  Task<Reader> start(Plan plan, Exchange exchange);
  Reader subscribe(std::shared_ptr<RunningAnswer> answer, std::optional<Message> question);
  Message new_answer(const std::string& model, const std::string& parent_id) const;

  DialogueParts parts_;
  RunningAnswers running_;
};

}  // namespace fragua::conversations
