// RunningAnswers: one coroutine for each answer that is being written. It goes on when its readers leave; only stop() ends it early.
// What is there is stored about once a second, all answers in one write, and at the end; then a title is made.
// Callers: dialogue. Threads: the loop's only. An answer that failed is a message that says why.
// Never holds the database while it waits for a model.
#pragma once
#include <map>

#include "base/log.h"
#include "conversations/running_answer.h"
#include "db/store.h"

namespace fragua::conversations {

struct AnswerLimits {
  std::size_t of_user = 8;                          // at once
  std::size_t in_all = 400;
  std::chrono::milliseconds save_interval{1000};    // longer for long answers
  std::chrono::milliseconds title_timeout{60'000};
};

class RunningAnswers {
 public:
  RunningAnswers(asio::any_io_executor executor, db::Store& store, Answerer& answerer, Log& log, AnswerLimits limits = {});

  // Held as long as an answer runs. Error(overloaded): too many run.
  std::shared_ptr<void> enter(const std::string& user);
  // Its message is stored with the status running; `answer->place` is set.
  void start(std::shared_ptr<RunningAnswer> answer);
  std::shared_ptr<RunningAnswer> find(const std::string& message_id) const;
  void stop(const std::string& message_id);
  void stop_conversation(const std::string& conversation_id);
  // Stops all and waits until they are stored.
  Task<> stop_all(std::chrono::nanoseconds limit);
  std::size_t size() const { return answers_.size(); }

 private:
  static Task<> run(RunningAnswers& self, std::shared_ptr<RunningAnswer> answer);
  static Task<> write(RunningAnswers& self, std::shared_ptr<RunningAnswer> answer);
  static Task<> autosave(RunningAnswers& self);
  static Task<> store_end(db::Store& store, std::shared_ptr<RunningAnswer> answer);
  // What the model says to a short request, within a time of its own; "" when it fails.
  static Task<std::string> ask_briefly(RunningAnswers& self, AnswerRequest request);
  Task<std::string> said_to(AnswerRequest request);
  Task<> give_tags(std::string conversation_id, AnswerRequest request);
  Task<> end(std::shared_ptr<RunningAnswer> answer);
  Task<> give_title(std::shared_ptr<RunningAnswer> answer);
  void note_written(RunningAnswer& answer, std::exception_ptr failed);
  std::vector<std::shared_ptr<RunningAnswer>> due() const;
  void stop(RunningAnswer& answer);

  asio::any_io_executor executor_;
  db::Store& store_;
  Answerer& answerer_;
  Log& log_;
  AnswerLimits limits_;
  std::map<std::string, std::shared_ptr<RunningAnswer>> answers_;   // by message
  std::shared_ptr<std::map<std::string, std::size_t>> places_;      // by user; shared with those who hold one
  bool saves_ = false;
};

}  // namespace fragua::conversations
