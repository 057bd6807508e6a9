// DialogueBench: a Dialogue on a real database with answers that the test writes. Callers: tests of conversations/. Threads: the test's.
#pragma once
#include "bench.h"
#include "conversations/dialogue.h"
#include "fake_answerer.h"

namespace fragua::conversations::tests {

inline AnswerLimits quick_limits() {
  AnswerLimits limits;
  limits.save_interval = std::chrono::milliseconds(20);
  return limits;
}

struct DialogueBench : ConversationBench {
  asio::io_context loop;
  WorkerPool pool{"database", 2, 64};
  db::Store store{*database, pool};
  FakeAnswerer answerer{loop.get_executor()};
  ManualClock clock;
  Log log{LogFormat::silent};
  Dialogue dialogue{{loop.get_executor(), store, pool, answerer, clock, entropy, log}, quick_limits()};
  std::string conversation = add_conversation(kAna, 1, with_model());

  static Conversation with_model() {
    Conversation c;
    c.model = "m";
    return c;
  }
  Dialogue::Reader ask(const std::string& content, const std::string& parent = "") {
    const auto before = answerer.answers.size();
    Question question{parent, content, {}, ""};
    auto reader = run(loop, dialogue.ask(kAna, conversation, std::move(question)));
    wait_for_answers(before + 1);
    return reader;
  }
  // Runs what is ready until the condition holds.
  template <class Condition>
  void settle(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    loop.restart();
    while (!condition()) {
      REQUIRE(std::chrono::steady_clock::now() < until);
      loop.run_one_for(std::chrono::milliseconds(10));
      loop.restart();
    }
  }
  AnswerEvent next(const Dialogue::Reader& reader) {
    auto event = run(loop, reader->next());
    REQUIRE(event.has_value());
    return std::move(*event);
  }
  // All texts until the end of the answer; the last event is it.
  AnswerEvent read_to_end(const Dialogue::Reader& reader, std::string& text) {
    while (true) {
      auto event = next(reader);
      if (event.kind == AnswerEvent::Kind::answer) text = event.message.content;
      if (event.kind == AnswerEvent::Kind::delta) text += event.content;
      if (event.kind == AnswerEvent::Kind::done) return event;
    }
  }
  FakeAnswer& answer() { return *answerer.answers.back(); }
  void wait_for_answers(std::size_t number) {
    settle([this, number] { return answerer.answers.size() >= number; });
  }
  Message stored(const std::string& id) { return message(conversation, id); }
};

}  // namespace fragua::conversations::tests
