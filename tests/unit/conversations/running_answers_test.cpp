#include "conversations/running_answers.h"

#include "dialogue_bench.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

using Kind = AnswerEvent::Kind;

}  // namespace

TEST_CASE("running answers: what is written is stored while it goes on") {
  DialogueBench bench;
  auto reader = bench.ask("x");
  const auto id = reader->message().id;
  bench.answer().say("some of it");
  bench.settle([&] { return bench.stored(id).content == "some of it"; });
  bench.answer().say(", more of it", "thought");
  bench.settle([&] { return bench.stored(id).content == "some of it, more of it"; });
  CHECK(bench.stored(id).status == "running");
  CHECK(bench.stored(id).thinking == "thought");
}

TEST_CASE("running answers: one that fails keeps its text and says why") {
  DialogueBench bench;
  auto reader = bench.ask("x");
  bench.answer().say("half");
  bench.answer().fail(Error(ErrorCode::unavailable, "the engine ended"));
  std::string text;
  const auto end = bench.read_to_end(reader, text);
  CHECK(end.message.status == "failed");
  CHECK(end.message.error == "the engine ended");
  CHECK(bench.stored(end.message.id).error == "the engine ended");
  CHECK(bench.stored(end.message.id).content == "half");
  CHECK(bench.dialogue.running().find(end.message.id) == nullptr);
}

TEST_CASE("running answers: the first answer gets the model's title after its end, asked with the same messages") {
  DialogueBench bench;
  bench.answerer.title = "\"Saludos.\"\nI hope you like it";
  auto reader = bench.ask("hola a todos");
  bench.answer().say("hola");
  bench.answer().finish();
  std::string text;
  bench.read_to_end(reader, text);
  const auto event = bench.next(reader);
  CHECK(event.kind == Kind::title);
  CHECK(event.title == "Saludos");
  CHECK_FALSE(run(bench.loop, reader->next()).has_value());
  REQUIRE(bench.answerer.titles.size() == 1);
  const auto& asked = bench.answerer.titles.front()->asked.request.messages;
  REQUIRE(asked.size() == 3);
  CHECK(asked[0].content == "hola a todos");
  CHECK(asked[1].content == "hola");
  const auto stored = bench.read([&](db::Connection& c) { return ConversationRepository(c).require(kAna, bench.conversation); });
  CHECK(stored.title == "Saludos");
  const auto second = bench.ask("and more", reader->message().id);
  bench.answer().finish();
  bench.read_to_end(second, text);
  CHECK_FALSE(run(bench.loop, second->next()).has_value());
  CHECK(bench.answerer.titles.size() == 1);
}

TEST_CASE("running answers: after the title come tags, asked for with the title in sight") {
  DialogueBench bench;
  bench.answerer.title = "Saludos";
  bench.answerer.tags = R"(["Saludos", "Cortesía"])";
  auto reader = bench.ask("hola a todos");
  bench.answer().say("hola");
  bench.answer().finish();
  const auto id = reader->message().id;
  for (int turn = 0; turn < 1000 && bench.dialogue.running().find(id); ++turn) {
    bench.loop.restart();
    bench.loop.run_one_for(std::chrono::milliseconds(10));
  }
  REQUIRE(bench.answerer.asked_tags.size() == 1);
  CHECK(bench.answerer.asked_tags.front()->asked.request.messages[3].content == "Saludos");
  const auto stored = bench.read([&](db::Connection& c) { return ConversationRepository(c).require(kAna, bench.conversation); });
  CHECK(stored.tags == std::vector<std::string>{"saludos", "cortesía"});
}

TEST_CASE("running answers: without the model's title the first words stay") {
  DialogueBench bench;
  auto reader = bench.ask("hola a todos");
  bench.answer().say("hola");
  bench.answer().finish();
  std::string text;
  bench.read_to_end(reader, text);
  CHECK(bench.next(reader).title == "hola a todos");
}

TEST_CASE("running answers: a person has so many at once and no more") {
  DialogueBench bench;
  auto& running = bench.dialogue.running();
  std::vector<std::shared_ptr<void>> places;
  for (int i = 0; i < 8; ++i) places.push_back(running.enter(kAna));
  CHECK(code_of([&] { running.enter(kAna); }) == ErrorCode::overloaded);
  CHECK(running.enter(kBlas).use_count() == 1);
  places.pop_back();
  CHECK(running.enter(kAna).use_count() == 1);
}

TEST_CASE("running answers: an answer that finds no end is cut") {
  DialogueBench bench;
  auto reader = bench.ask("x");
  for (int i = 0; i < 5; ++i) bench.answer().say(std::string(1 << 20, 'x'));
  std::string text;
  const auto end = bench.read_to_end(reader, text);
  CHECK(end.message.done_reason == "length");
  CHECK(text.size() == kContentMaxBytes);
}

TEST_CASE("running answers: the end of the server stops and stores them all") {
  DialogueBench bench;
  auto one = bench.ask("x"), other = bench.ask("y");
  bench.answerer.answers[0]->say("one");
  bench.answerer.answers[1]->say("other");
  bench.next(one), bench.next(one), bench.next(one);
  bench.next(other), bench.next(other), bench.next(other);
  run(bench.loop, bench.dialogue.running().stop_all(std::chrono::seconds(5)));
  CHECK(bench.stored(one->message().id).status == "stopped");
  CHECK(bench.stored(other->message().id).content == "other");
}

TEST_CASE("running answers: a conversation that goes takes its answers with it") {
  DialogueBench bench;
  auto reader = bench.ask("x");
  bench.dialogue.running().stop_conversation("another");
  CHECK_FALSE(bench.answer().cancelled);
  bench.dialogue.running().stop_conversation(bench.conversation);
  std::string text;
  CHECK(bench.read_to_end(reader, text).message.status == "stopped");
}
