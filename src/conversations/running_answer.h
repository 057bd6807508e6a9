// RunningAnswer: an assistant's message while it grows, and Subscription: one reader of it. A reader holds no queue: it remembers how
// much it has told, so a slow one gets larger pieces later and costs nothing.
// Callers: running_answers writes; dialogue, api/native read. Threads: the loop's only.
// A reader that goes changes nothing for the answer.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <set>

#include "conversations/answerer.h"

namespace fragua::conversations {

struct AnswerEvent {
  enum class Kind { question, answer, delta, done, title, waiting };
  Kind kind = Kind::waiting;              // waiting: nothing yet, the line must be kept open
  Message message;                        // question, answer, done
  std::string content;                    // delta
  std::string thinking;
  std::string title;
};

class RunningAnswer {
 public:
  std::string user;
  std::string conversation_id;
  AnswerRequest request;
  bool wants_title = false;
  std::string title_words;                // in place of a title that the model does not make

  Message message;                        // as far as it is written
  std::uint32_t new_tokens = 0;           // of the answer, without those of an earlier one that it goes on
  bool stop_requested = false;
  bool written = false;                   // nothing more will be added to the text
  bool ended = false;                     // stored with its last status
  bool closed = false;                    // and nothing else will come
  std::string title;                      // once it is made

  std::shared_ptr<AnswerSource> source;   // shared with the coroutine that waits in it
  std::shared_ptr<void> place;            // among the answers of its user
  bool is_saving = false;
  std::size_t saved_bytes = 0;
  SteadyTime saved_at{};

  std::size_t bytes() const { return message.content.size() + message.thinking.size(); }
  void take(const engine::Delta& delta);
  // Wakes everybody who waits for something new.
  void ring();

 private:
  friend class Bell;
  std::set<asio::steady_timer*> bells_;
};

// A wait for something new in an answer. Lives no longer than its answer.
class Bell {
 public:
  Bell(asio::any_io_executor executor, std::shared_ptr<RunningAnswer> answer);
  ~Bell();
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;
  // Until ring(), or then. Check before and after: it may ring for something else.
  Task<> wait_until(SteadyTime until);

 private:
  std::shared_ptr<RunningAnswer> answer_;
  asio::steady_timer timer_;
};

struct SubscriptionOptions {
  std::chrono::milliseconds keep_alive{15'000};
  std::chrono::milliseconds title_wait{30'000};
};

class Subscription {
 public:
  // `question`: the stored message to tell first.
  Subscription(asio::any_io_executor executor, std::shared_ptr<RunningAnswer> answer, std::optional<Message> question,
               SubscriptionOptions options = {});
  // The next event; nothing when all is told, or after leave().
  Task<std::optional<AnswerEvent>> next();
  void leave();
  // Until the answer is stored with its last status, for those who do not read it.
  Task<> wait_for_end();
  const Message& message() const { return answer_->message; }
  std::uint32_t new_tokens() const { return answer_->new_tokens; }

 private:
  std::optional<AnswerEvent> take();
  bool is_over() const;

  std::shared_ptr<RunningAnswer> answer_;
  std::optional<Message> question_;
  SubscriptionOptions options_;
  Bell bell_;
  std::size_t content_told_ = 0;
  std::size_t thinking_told_ = 0;
  bool answer_told_ = false;
  bool done_told_ = false;
  bool title_told_ = false;
  bool left_ = false;
  SteadyTime done_at_{};
};

}  // namespace fragua::conversations
