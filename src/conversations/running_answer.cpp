#include "conversations/running_answer.h"

#include <boost/asio/redirect_error.hpp>

namespace fragua::conversations {

using Steady = std::chrono::steady_clock;

void RunningAnswer::take(const engine::Delta& delta) {
  if (delta.content.empty() && delta.thinking.empty()) return;
  message.content += delta.content;
  message.thinking += delta.thinking;
  ring();
}

void RunningAnswer::ring() {
  for (auto* bell : bells_) bell->cancel();
}

Bell::Bell(asio::any_io_executor executor, std::shared_ptr<RunningAnswer> answer) : answer_(std::move(answer)), timer_(executor) {
  answer_->bells_.insert(&timer_);
}

Bell::~Bell() { answer_->bells_.erase(&timer_); }

Task<> Bell::wait_until(SteadyTime until) {
  timer_.expires_at(until);
  boost::system::error_code ignored;
  co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

Subscription::Subscription(asio::any_io_executor executor, std::shared_ptr<RunningAnswer> answer, std::optional<Message> question,
                           SubscriptionOptions options)
    : answer_(answer), question_(std::move(question)), options_(options), bell_(executor, answer) {}

Task<std::optional<AnswerEvent>> Subscription::next() {
  const auto keep_alive_at = Steady::now() + options_.keep_alive;
  while (!left_) {
    auto event = take();
    if (event) co_return event;
    if (is_over()) break;
    if (Steady::now() >= keep_alive_at) {
      AnswerEvent waiting;
      co_return waiting;
    }
    auto until = keep_alive_at;
    if (done_told_) until = std::min<SteadyTime>(until, done_at_ + options_.title_wait);
    co_await bell_.wait_until(until);
  }
  co_return std::nullopt;
}

Task<> Subscription::wait_for_end() {
  while (!answer_->ended) co_await bell_.wait_until(Steady::now() + std::chrono::hours(1));
}

void Subscription::leave() {
  left_ = true;
  answer_->ring();
}

std::optional<AnswerEvent> Subscription::take() {
  AnswerEvent event;
  const auto& message = answer_->message;
  if (question_) {
    event.kind = AnswerEvent::Kind::question;
    event.message = std::move(*question_);
    question_.reset();
    return event;
  }
  if (!answer_told_) {
    answer_told_ = true;
    event.kind = AnswerEvent::Kind::answer;
    event.message = message;
    content_told_ = message.content.size();
    thinking_told_ = message.thinking.size();
    return event;
  }
  if (content_told_ < message.content.size() || thinking_told_ < message.thinking.size()) {
    event.kind = AnswerEvent::Kind::delta;
    event.content = message.content.substr(content_told_);
    event.thinking = message.thinking.substr(thinking_told_);
    content_told_ = message.content.size();
    thinking_told_ = message.thinking.size();
    return event;
  }
  if (answer_->ended && !done_told_) {
    done_told_ = true;
    done_at_ = Steady::now();
    event.kind = AnswerEvent::Kind::done;
    event.message = message;
    return event;
  }
  if (done_told_ && !title_told_ && !answer_->title.empty()) {
    title_told_ = true;
    event.kind = AnswerEvent::Kind::title;
    event.title = answer_->title;
    return event;
  }
  return std::nullopt;
}

bool Subscription::is_over() const {
  return done_told_ && (answer_->closed || title_told_ || Steady::now() >= done_at_ + options_.title_wait);
}

}  // namespace fragua::conversations
