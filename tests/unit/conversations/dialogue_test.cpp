#include "conversations/dialogue.h"

#include "dialogue_bench.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

using Kind = AnswerEvent::Kind;

std::string roles_and_texts(const std::vector<engine::Message>& messages) {
  std::string text;
  for (const auto& message : messages) text += message.role.substr(0, 1) + ":" + message.content + " ";
  return text;
}

struct Bench : DialogueBench {
  // Asks and answers; the answer's id.
  std::string exchange(const std::string& question, const std::string& text, const std::string& parent = "") {
    auto reader = ask(question, parent);
    answer().say(text);
    answer().finish();
    std::string read;
    return read_to_end(reader, read).message.id;
  }
  Conversation about() {
    return read([this](db::Connection& c) { return ConversationRepository(c).require(kAna, conversation); });
  }
};

const std::string kPng = to_base64(std::string("\x89PNG\r\n\x1a\n0123456789", 18));

}  // namespace

TEST_CASE("dialogue: a question is stored with its answer, which comes in pieces") {
  Bench bench;
  auto reader = bench.ask("¿Qué tal?");
  const auto asked = bench.next(reader);
  CHECK(asked.kind == Kind::question);
  CHECK(asked.message.content == "¿Qué tal?");
  const auto begun = bench.next(reader);
  CHECK(begun.kind == Kind::answer);
  CHECK(begun.message.status == "running");
  CHECK(begun.message.parent_id == asked.message.id);
  CHECK(bench.stored(begun.message.id).status == "running");
  CHECK(bench.about().running_message_id == begun.message.id);
  bench.answer().say("", "hm");
  CHECK(bench.next(reader).thinking == "hm");
  bench.answer().say("Muy ");
  CHECK(bench.next(reader).content == "Muy ");
  bench.answer().say("bien");
  bench.answer().finish("stop", 5);
  std::string rest;
  const auto end = bench.read_to_end(reader, rest);
  CHECK(end.message.content == "Muy bien");
  CHECK(end.message.status == "done");
  CHECK(end.message.figures->answer_tokens == 5);
  CHECK(end.message.figures->load_ms == 3);
  const auto stored = bench.stored(end.message.id);
  CHECK(stored.content == "Muy bien");
  CHECK(stored.thinking == "hm");
  CHECK(bench.about().current_message_id == end.message.id);
  CHECK(bench.about().title == "¿Qué tal?");
}

TEST_CASE("dialogue: editing and answering again branch, and each is asked with its own branch") {
  Bench bench;
  const auto a = bench.exchange("one", "1");
  const auto b = bench.exchange("two", "2", a);
  CHECK(roles_and_texts(bench.answer().asked.request.messages) == "u:one a:1 u:two ");
  bench.exchange("deux", "2'", a);
  CHECK(roles_and_texts(bench.answer().asked.request.messages) == "u:one a:1 u:deux ");
  const auto question = bench.stored(b).parent_id;
  CHECK(bench.stored(question).siblings.size() == 2);
  auto reader = run(bench.loop, bench.dialogue.answer_again(kAna, bench.conversation, question, "other"));
  bench.wait_for_answers(4);
  CHECK(roles_and_texts(bench.answer().asked.request.messages) == "u:one a:1 u:two ");
  CHECK(bench.answer().asked.model == "other");
  bench.answer().finish();
  std::string text;
  const auto end = bench.read_to_end(reader, text);
  CHECK(end.message.siblings == std::vector<std::string>{b, end.message.id});
  CHECK(end.message.model == "other");
}

TEST_CASE("dialogue: command mode asks with the system text and the question alone") {
  Bench bench;
  const auto a = bench.exchange("one", "1");
  bench.write([&](db::Connection& c) { ConversationRepository(c).change(kAna, bench.conversation, {.system = "S", .mode = "command"}); });
  bench.exchange("two", "2", a);
  CHECK(roles_and_texts(bench.answer().asked.request.messages) == "s:S u:two ");
}

TEST_CASE("dialogue: an answer goes on when its reader leaves, and who comes back reads all of it") {
  Bench bench;
  auto reader = bench.ask("x");
  bench.answer().say("first ");
  reader->leave();
  CHECK_FALSE(run(bench.loop, reader->next()).has_value());
  const auto id = reader->message().id;
  reader.reset();
  bench.answer().say("second ");
  auto again = run(bench.loop, bench.dialogue.follow(kAna, bench.conversation, id));
  CHECK(bench.next(again).message.content == "first second ");
  bench.answer().say("third");
  bench.answer().finish();
  std::string text = "first second ";
  const auto end = bench.read_to_end(again, text);
  CHECK(text == "first second third");
  CHECK(bench.stored(end.message.id).content == text);
  auto late = run(bench.loop, bench.dialogue.follow(kAna, bench.conversation, id));
  CHECK(bench.next(late).message.content == text);
  CHECK(bench.next(late).kind == Kind::done);
  CHECK_FALSE(run(bench.loop, late->next()).has_value());
}

TEST_CASE("dialogue: stop keeps what is there, and go_on continues the same message") {
  Bench bench;
  auto reader = bench.ask("count");
  bench.answer().say("1 2");
  std::string text;
  bench.next(reader), bench.next(reader), bench.next(reader);
  const auto id = reader->message().id;
  run(bench.loop, bench.dialogue.stop(kAna, bench.conversation, id));
  CHECK(bench.read_to_end(reader, text).message.status == "stopped");
  CHECK(bench.answer().cancelled);
  CHECK(bench.stored(id).content == "1 2");
  CHECK(reader->message().figures->answer_tokens == 2);      // it was stopped, and its tokens were computed
  CHECK(reader->new_tokens() == 2);
  auto more = run(bench.loop, bench.dialogue.go_on(kAna, bench.conversation, id));
  bench.wait_for_answers(2);
  CHECK(roles_and_texts(bench.answer().asked.request.messages) == "u:count a:1 2 ");
  const auto twice = [&] { run(bench.loop, bench.dialogue.go_on(kAna, bench.conversation, id)); };
  CHECK(code_of(twice) == ErrorCode::conflict);
  bench.answer().say(" 3");
  bench.answer().finish();
  const auto end = bench.read_to_end(more, text);
  CHECK(end.message.id == id);
  CHECK(end.message.content == "1 2 3");
  CHECK(end.message.figures->answer_tokens == 4);
  CHECK(more->new_tokens() == 2);                            // those before are paid for
  CHECK(end.message.status == "done");
}

TEST_CASE("dialogue: images are stored as files and go to the model; what is none is refused before anything is stored") {
  Bench bench;
  const auto ask = [&](std::vector<std::string> images) {
    Question question{"", "look", std::move(images), ""};
    return run(bench.loop, bench.dialogue.ask(kAna, bench.conversation, std::move(question)));
  };
  CHECK(code_of([&] { ask({"***"}); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { ask({to_base64("<svg/>")}); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { ask(std::vector<std::string>(17, kPng)); }) == ErrorCode::invalid_argument);
  CHECK(bench.count("SELECT count(*) FROM messages") == 0);
  auto reader = ask({kPng});
  bench.wait_for_answers(1);
  CHECK(bench.answer().asked.request.messages.back().images == std::vector<std::string>{kPng});
  const auto question = bench.next(reader).message;
  REQUIRE(question.images.size() == 1);
  bench.answer().say("a dot");
  bench.answer().finish();
  std::string text;
  const auto end = bench.read_to_end(reader, text);
  bench.ask("and now?", end.message.id);
  CHECK(bench.answer().asked.request.messages.front().images == std::vector<std::string>{kPng});
  auto edited = ask({question.images.front()});
  bench.wait_for_answers(3);
  CHECK(bench.answer().asked.request.messages.back().images == std::vector<std::string>{kPng});
  const auto kept = bench.next(edited).message.images;
  REQUIRE(kept.size() == 1);
  CHECK(kept.front() != question.images.front());
}

TEST_CASE("dialogue: what is wrong or somebody else's is refused, and nothing is stored") {
  Bench bench;
  const auto asking = [&](const std::string& user, Question question) {
    return [&bench, user, question] { run(bench.loop, bench.dialogue.ask(user, bench.conversation, question)); };
  };
  CHECK(code_of(asking(kBlas, {"", "x", {}, ""})) == ErrorCode::not_found);
  CHECK(code_of(asking(kAna, {"nowhere", "x", {}, ""})) == ErrorCode::not_found);
  CHECK(code_of(asking(kAna, {"", " \n", {}, ""})) == ErrorCode::invalid_argument);
  CHECK(code_of(asking(kAna, {"", std::string((1 << 20) + 1, 'x'), {}, ""})) == ErrorCode::too_large);
  CHECK(code_of(asking(kAna, {"", "x", {}, "nobody"})) == ErrorCode::not_found);
  CHECK(bench.count("SELECT count(*) FROM messages") == 0);
  const auto id = bench.exchange("x", "y");
  CHECK(code_of([&] { run(bench.loop, bench.dialogue.stop(kBlas, bench.conversation, id)); }) == ErrorCode::not_found);
  CHECK(code_of([&] { run(bench.loop, bench.dialogue.follow(kBlas, bench.conversation, id)); }) == ErrorCode::not_found);
  CHECK(code_of([&] { run(bench.loop, bench.dialogue.go_on(kBlas, bench.conversation, id)); }) == ErrorCode::not_found);
  CHECK(code_of([&] { run(bench.loop, bench.dialogue.answer_again(kAna, bench.conversation, id, "")); }) == ErrorCode::invalid_argument);
}

TEST_CASE("dialogue: only as much of a long branch is read as the model can take") {
  Bench bench;
  bench.answerer.context = 8;   // tokens: 64 bytes
  std::string parent;
  for (int i = 0; i < 20; ++i) parent = bench.exchange(std::string(20, char('a' + i)), "ok", parent);
  const auto& messages = bench.answer().asked.request.messages;
  CHECK(messages.size() < 10);
  CHECK(messages.front().role == "user");
  CHECK(messages.back().content == std::string(20, 't'));
}

TEST_CASE("dialogue: a question to documents names them to who answers, and its answer keeps its sources") {
  Bench bench;
  const auto ask = [&] {
    Question question{"", "¿Cuándo abren?", {}, "", {"c1", "c2"}};
    auto reader = run(bench.loop, bench.dialogue.ask(kAna, bench.conversation, std::move(question)));
    bench.wait_for_answers(1);
    return reader;
  };
  auto reader = ask();
  const auto asked = bench.next(reader).message;
  CHECK(asked.collections == std::vector<std::string>{"c1", "c2"});
  CHECK(bench.answer().asked.collections == asked.collections);
  bench.answer().grounds = Grounds{json::array{json::object{{"number", 1}}}, true};
  bench.answer().say("A las siete [1].");
  bench.answer().finish();
  std::string text;
  const auto end = bench.read_to_end(reader, text).message;
  CHECK(end.sources == json::array{json::object{{"number", 1}}});
  CHECK(end.sufficient == true);
  CHECK(bench.stored(end.id).sources == end.sources);
  CHECK(bench.stored(asked.id).collections == asked.collections);
  for (const auto& title : bench.answerer.titles) CHECK(title->asked.collections.empty());

  auto again = run(bench.loop, bench.dialogue.answer_again(kAna, bench.conversation, asked.id, ""));
  bench.wait_for_answers(2);
  CHECK(bench.answer().asked.collections == asked.collections);
  bench.answer().grounds = Grounds{{}, false};
  bench.answer().say("No está en los documentos.");
  bench.answer().finish();
  CHECK(bench.read_to_end(again, text).message.sufficient == false);
}

TEST_CASE("dialogue: an answer from documents does not go on without them, and images are no questions to documents") {
  Bench bench;
  Question question{"", "¿Cuándo abren?", {}, "", {"c1"}};
  auto reader = run(bench.loop, bench.dialogue.ask(kAna, bench.conversation, std::move(question)));
  bench.wait_for_answers(1);
  bench.answer().say("A las");
  bench.answer().finish("length");
  std::string text;
  const auto answer = bench.read_to_end(reader, text).message;
  CHECK_FALSE(answer.sufficient.has_value());
  CHECK_THROWS_WITH_AS(run(bench.loop, bench.dialogue.go_on(kAna, bench.conversation, answer.id)),
                       "an answer from documents does not go on: ask for another answer", Error);
  Question seen{"", "¿Qué es?", {kPng}, "", {"c1"}};
  CHECK_THROWS_AS(run(bench.loop, bench.dialogue.ask(kAna, bench.conversation, std::move(seen))), Error);
}
