// FakeAnswerer: answers that a test writes piece by piece, and what was asked. Callers: tests of conversations/. Threads: the loop's.
#pragma once
#include <deque>

#include "conversations/answerer.h"
#include "runtime/stream.h"

namespace fragua::conversations::tests {

struct FakeAnswer {
  explicit FakeAnswer(asio::any_io_executor executor) : events(executor, 1000) {}
  // Two tokens a piece.
  void say(std::string content, std::string thinking = "") {
    said += 2;
    events.push(engine::Delta{std::move(content), std::move(thinking), {}, {}, kPromptTokens, 0, said});
  }
  void finish(std::string reason = "stop", std::uint32_t tokens = 0) {
    engine::Done done;
    done.reason = std::move(reason);
    done.prompt_tokens = kPromptTokens;
    done.answer_tokens = tokens > 0 ? tokens : said;
    events.push(std::move(done));
    events.close();
  }
  void fail(Error what) {
    error = std::move(what);
    events.close();
  }

  static constexpr std::uint32_t kPromptTokens = 7;
  std::uint32_t said = 0;
  conversations::AnswerRequest asked;
  BoundedStream<inference::EngineEvent> events;
  std::optional<Error> error;
  std::optional<conversations::Grounds> grounds;
  bool cancelled = false;
};

class FakeSource final : public conversations::AnswerSource {
 public:
  explicit FakeSource(std::shared_ptr<FakeAnswer> answer) : answer_(std::move(answer)) {}
  Task<std::optional<inference::EngineEvent>> next() override {
    const auto answer = answer_;
    auto event = co_await answer->events.next(std::chrono::hours(1));
    if (answer->cancelled) throw Error(ErrorCode::cancelled, "the request was cancelled");
    if (!event && answer->error) throw *answer->error;
    co_return event;
  }
  void cancel() override {
    answer_->cancelled = true;
    answer_->events.close();
  }
  std::uint64_t load_ns() const override { return 3'000'000; }
  std::optional<conversations::Grounds> grounds() const override { return answer_->grounds; }

 private:
  std::shared_ptr<FakeAnswer> answer_;
};

class FakeAnswerer final : public conversations::Answerer {
 public:
  explicit FakeAnswerer(asio::any_io_executor executor) : executor_(executor) {}

  Task<std::uint32_t> context_tokens(std::string model, conversations::AnswerSettings) override {
    if (model == "nobody") throw Error(ErrorCode::not_found, "model 'nobody' not found");
    co_return context;
  }
  Task<> check(conversations::AnswerRequest) override { co_return; }
  Task<std::unique_ptr<conversations::AnswerSource>> start(conversations::AnswerRequest request) override {
    auto answer = std::make_shared<FakeAnswer>(executor_);
    answer->asked = std::move(request);
    const bool is_title = answer->asked.request.priority == int(engine::Priority::title);
    if (is_title && title.empty()) throw Error(ErrorCode::unavailable, "no titles today");
    const bool is_tags = answer->asked.request.grammar_kind == "json_schema";
    if (is_title) {
      answer->say(is_tags ? tags : title);
      answer->finish();
    }
    (!is_title ? answers : is_tags ? asked_tags : titles).push_back(answer);
    co_return std::make_unique<FakeSource>(std::move(answer));
  }

  std::uint32_t context = 4096;
  std::string title;                                    // of all; "": none can be made
  std::string tags;                                     // of all, as JSON
  std::deque<std::shared_ptr<FakeAnswer>> answers, titles, asked_tags;

 private:
  asio::any_io_executor executor_;
};

}  // namespace fragua::conversations::tests
