#include "conversations/running_answers.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/redirect_error.hpp>
#include <numeric>

#include "conversations/message_repository.h"
#include "conversations/repository.h"
#include "conversations/titles.h"

namespace fragua::conversations {

namespace {

constexpr std::chrono::hours kEventually{24};
// A long answer is stored less often: what is written in all stays a small multiple of its length.
constexpr std::size_t kBytesOfAnInterval = 128 << 10;
constexpr std::size_t kTitleAnswerBytes = 4000;

SteadyTime now() { return std::chrono::steady_clock::now(); }

// What a person is told about an answer that failed.
std::string reason_of(std::exception_ptr failed) {
  try {
    std::rethrow_exception(failed);
  } catch (const Error& error) {
    return error.what();
  } catch (const std::exception&) {
    return "internal error";
  }
}

double to_ms(std::uint64_t ns) { return double(ns / 1000) / 1000; }

// Of a delta or the end. The answer may go on an earlier one: its tokens come on top.
template <class Event> void count(RunningAnswer& answer, Figures& figures, const Event& event) {
  figures.prompt_tokens = event.prompt_tokens;
  figures.cached_tokens = event.cached_tokens;
  figures.answer_tokens += event.answer_tokens - answer.new_tokens;
  answer.new_tokens = event.answer_tokens;
}

Task<> store_texts(db::Store& store, std::vector<AnswerText> texts) {
  const auto work = [texts](db::Connection& connection) {
    for (const auto& text : texts) MessageRepository(connection).save_text(text);
  };
  co_await store.write(work);
}

}  // namespace

RunningAnswers::RunningAnswers(asio::any_io_executor executor, db::Store& store, Answerer& answerer, Log& log, AnswerLimits limits)
    : executor_(executor),
      store_(store),
      answerer_(answerer),
      log_(log),
      limits_(limits),
      places_(std::make_shared<std::map<std::string, std::size_t>>()) {}

std::shared_ptr<void> RunningAnswers::enter(const std::string& user) {
  const auto all = std::accumulate(places_->begin(), places_->end(), std::size_t(0), [](std::size_t sum, const auto& entry) { return sum + entry.second; });
  if (all >= limits_.in_all) throw Error(ErrorCode::overloaded, "too many answers are being written: try again later");
  auto& of_user = (*places_)[user];
  if (of_user >= limits_.of_user)
    throw Error(ErrorCode::overloaded, std::to_string(of_user) + " of your answers are still being written: stop one, or wait for it");
  ++of_user;
  const auto leave = [places = places_, user](void*) {
    if (--(*places)[user] == 0) places->erase(user);
  };
  return {nullptr, leave};
}

void RunningAnswers::start(std::shared_ptr<RunningAnswer> answer) {
  answer->saved_at = now();
  answer->saved_bytes = answer->bytes();
  answers_[answer->message.id] = answer;
  asio::co_spawn(executor_, run(*this, answer), asio::detached);
  if (saves_) return;
  saves_ = true;
  asio::co_spawn(executor_, autosave(*this), asio::detached);
}

std::shared_ptr<RunningAnswer> RunningAnswers::find(const std::string& message_id) const {
  const auto found = answers_.find(message_id);
  return found == answers_.end() ? nullptr : found->second;
}

void RunningAnswers::stop(RunningAnswer& answer) {
  if (answer.written) return;
  answer.stop_requested = true;
  if (answer.source) answer.source->cancel();
  note_written(answer, nullptr);   // it may still wait for its model: nobody waits for that
}

void RunningAnswers::stop(const std::string& message_id) {
  if (const auto answer = find(message_id)) stop(*answer);
}

void RunningAnswers::stop_conversation(const std::string& conversation_id) {
  for (const auto& [id, answer] : answers_)
    if (answer->conversation_id == conversation_id) stop(*answer);
}

Task<> RunningAnswers::stop_all(std::chrono::nanoseconds limit) {
  const auto until = now() + std::chrono::duration_cast<SteadyTime::duration>(limit);
  for (const auto& [id, answer] : answers_) stop(*answer);
  while (now() < until) {
    const auto waiting = std::find_if(answers_.begin(), answers_.end(), [](const auto& entry) { return !entry.second->ended; });
    if (waiting == answers_.end()) break;
    Bell bell(executor_, waiting->second);
    co_await bell.wait_until(until);
  }
}

Task<> RunningAnswers::run(RunningAnswers& self, std::shared_ptr<RunningAnswer> answer) {
  asio::co_spawn(self.executor_, write(self, answer), [&self, answer](std::exception_ptr failed) { self.note_written(*answer, failed); });
  Bell bell(self.executor_, answer);
  while (!answer->written || answer->is_saving) co_await bell.wait_until(now() + kEventually);
  co_await self.end(answer);
  if (answer->wants_title) co_await self.give_title(answer);
  answer->closed = true;
  answer->ring();
  const auto found = self.answers_.find(answer->message.id);
  if (found != self.answers_.end() && found->second == answer) self.answers_.erase(found);
}

Task<> RunningAnswers::write(RunningAnswers& self, std::shared_ptr<RunningAnswer> answer) {
  const auto started = now();
  const std::shared_ptr<AnswerSource> source = co_await self.answerer_.start(answer->request);
  if (answer->written) co_return;
  answer->source = source;
  auto& figures = answer->message.figures ? *answer->message.figures : answer->message.figures.emplace();
  figures.load_ms = to_ms(source->load_ns());
  bool first = true;
  while (auto event = co_await source->next()) {
    if (answer->written) co_return;
    if (const auto* done = std::get_if<engine::Done>(&*event)) {
      count(*answer, figures, *done);
      figures.answer_ms += to_ms(done->answer_ns);
      answer->message.done_reason = done->reason;
    }
    const auto* delta = std::get_if<engine::Delta>(&*event);
    if (!delta) continue;
    if (std::exchange(first, false)) figures.first_token_ms = std::max(0.0, to_ms(std::uint64_t((now() - started).count())) - figures.load_ms);
    count(*answer, figures, *delta);
    answer->take(*delta);
    if (answer->bytes() < kContentMaxBytes) continue;
    answer->message.done_reason = "length";
    co_return;
  }
  if (auto grounds = source->grounds(); grounds && !answer->written) {
    answer->message.sources = std::move(grounds->sources);
    answer->message.sufficient = grounds->sufficient;
  }
}

void RunningAnswers::note_written(RunningAnswer& answer, std::exception_ptr failed) {
  if (answer.written) return;
  answer.written = true;
  auto& message = answer.message;
  message.status = answer.stop_requested ? "stopped" : failed ? "failed" : "done";
  if (failed && !answer.stop_requested) message.error = reason_of(failed);
  answer.ring();
}

Task<> RunningAnswers::store_end(db::Store& store, std::shared_ptr<RunningAnswer> answer) {
  const auto work = [conversation_id = answer->conversation_id, message = answer->message](db::Connection& connection) {
    MessageRepository messages(connection);
    messages.finish(message);
    return messages.find(conversation_id, message.id);
  };
  const auto stored = co_await store.write(work);
  if (stored) answer->message = *stored;
}

Task<> RunningAnswers::end(std::shared_ptr<RunningAnswer> answer) {
  auto storing = store_end(store_, answer);
  const auto [failed] = co_await asio::co_spawn(executor_, std::move(storing), asio::as_tuple(asio::use_awaitable));
  if (failed) {
    answer->message.status = "failed";
    answer->message.error = "the answer could not be stored: " + reason_of(failed);
    log_.error("answer.lost", {{"message", answer->message.id}});
  }
  answer->source.reset();
  answer->place.reset();
  answer->ended = true;
  answer->ring();
}

std::vector<std::shared_ptr<RunningAnswer>> RunningAnswers::due() const {
  std::vector<std::shared_ptr<RunningAnswer>> due;
  for (const auto& [id, answer] : answers_) {
    const auto interval = limits_.save_interval * std::int64_t(1 + answer->bytes() / kBytesOfAnInterval);
    // A little early is in time: the next look is a whole interval away.
    if (!answer->written && answer->bytes() > answer->saved_bytes && now() - answer->saved_at >= interval * 9 / 10) due.push_back(answer);
  }
  return due;
}

Task<> RunningAnswers::autosave(RunningAnswers& self) {
  asio::steady_timer timer(self.executor_);
  while (!self.answers_.empty()) {
    timer.expires_after(self.limits_.save_interval);
    co_await timer.async_wait(asio::use_awaitable);
    const auto due = self.due();
    if (due.empty()) continue;
    std::vector<AnswerText> texts;
    for (const auto& answer : due) {
      answer->is_saving = true;
      answer->saved_bytes = answer->bytes();
      texts.push_back({answer->message.id, answer->message.content, answer->message.thinking});
    }
    auto storing = store_texts(self.store_, std::move(texts));
    const auto [failed] = co_await asio::co_spawn(self.executor_, std::move(storing), asio::as_tuple(asio::use_awaitable));
    if (failed) self.log_.warn("answers.not_saved", {{"why", reason_of(failed)}, {"answers", due.size()}});
    for (const auto& answer : due) {
      answer->is_saving = false;
      answer->saved_at = now();
      answer->ring();
    }
  }
  self.saves_ = false;
}

Task<std::string> RunningAnswers::ask_briefly(RunningAnswers& self, AnswerRequest request) {
  const std::shared_ptr<AnswerSource> source = co_await self.answerer_.start(std::move(request));
  asio::steady_timer limit(self.executor_, self.limits_.title_timeout);
  const std::weak_ptr<AnswerSource> writing = source;   // the timer may ring when all is over
  limit.async_wait([writing](boost::system::error_code failed) {
    const auto still = writing.lock();
    if (!failed && still) still->cancel();
  });
  std::string said;
  while (auto event = co_await source->next())
    if (const auto* delta = std::get_if<engine::Delta>(&*event)) said += delta->content;
  co_return said;
}

Task<std::string> RunningAnswers::said_to(AnswerRequest request) {
  auto asking = ask_briefly(*this, std::move(request));
  auto [failed, said] = co_await asio::co_spawn(executor_, std::move(asking), asio::as_tuple(asio::use_awaitable));
  co_return failed ? std::string() : std::move(said);
}

Task<> RunningAnswers::give_title(std::shared_ptr<RunningAnswer> answer) {
  std::string title;
  AnswerRequest asked;
  if (answer->message.status == "done" && !answer->message.content.empty()) {
    asked = title_request(std::move(answer->request), shortened(answer->message.content, kTitleAnswerBytes));
    const auto said = co_await said_to(asked);
    title = title_of(said);
  }
  if (title.empty()) {
    answer->title = answer->title_words;
    co_return;
  }
  const auto work = [id = answer->conversation_id, title](db::Connection& connection) {
    return ConversationRepository(connection).set_title(id, title, titled_by::kModel);
  };
  auto storing = store_.write(work);
  const auto [failed, stored] = co_await asio::co_spawn(executor_, std::move(storing), asio::as_tuple(asio::use_awaitable));
  if (!failed && stored) answer->title = title;   // else a person gave one meanwhile
  answer->ring();
  co_await give_tags(answer->conversation_id, tags_request(std::move(asked), title));
}

Task<> RunningAnswers::give_tags(std::string conversation_id, AnswerRequest request) {
  const auto said = co_await said_to(std::move(request));
  const auto tags = tags_of(said);
  if (tags.empty()) co_return;
  const auto work = [conversation_id, tags](db::Connection& connection) { ConversationRepository(connection).set_tags_if_none(conversation_id, tags); };
  auto storing = store_.write(work);
  const auto [failed] = co_await asio::co_spawn(executor_, std::move(storing), asio::as_tuple(asio::use_awaitable));
  if (failed) log_.warn("tags.not_saved", {{"why", reason_of(failed)}});
}

}  // namespace fragua::conversations
