#include "catalogue/assistant/assistant_answerer.h"

#include <doctest/doctest.h>

#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;
using fragua::Error;

namespace {

// Waits until it is told to go on, as a model does.
class WaitingWriter final : public fragua::documents::AnswerWriter {
 public:
  fragua::Task<fragua::documents::AnswerFigures> write(fragua::documents::WriteRequest, std::shared_ptr<fragua::documents::AnswerControl> control,
                                                       fragua::documents::TextListener& listener) override {
    fragua::asio::steady_timer timer(co_await fragua::asio::this_coro::executor, std::chrono::hours(1));
    control->set([&] {
      was_cancelled = true;
      timer.cancel();
    });
    co_await listener.take("Claro. Un momento");
    boost::system::error_code ignored;
    co_await timer.async_wait(fragua::asio::redirect_error(fragua::asio::use_awaitable, ignored));
    control->set({});
    throw Error(fragua::ErrorCode::cancelled, "the reader is gone");
  }
  bool was_cancelled = false;
};

struct AnswererBench {
  ShopReader reader;
  ShopItems items;
  ParrotWriter parrot;
  WaitingWriter waiting;
  ShopHelp help;
  fragua::Log log{fragua::LogFormat::silent};

  static BoundRequest request(const std::string& question) {
    fragua::models::StoredModel model{.name = fragua::models::ModelName::require("metalhead-assistant-v2"), .digest = fragua::models::Digest::of("m")};
    BoundRequest made{shop(), std::move(model), {}, {}, {}};
    fragua::engine::Message message;
    message.role = "user";
    message.content = question;
    made.request.messages.push_back(std::move(message));
    return made;
  }
};

fragua::Task<std::vector<std::string>> read_all(AssistantAnswerer& answerer, BoundRequest request) {
  auto generation = co_await answerer.answer(std::move(request));
  std::vector<std::string> heard;
  while (auto event = co_await generation->next()) {
    if (const auto* delta = std::get_if<fragua::engine::Delta>(&*event)) heard.push_back(delta->content);
    if (const auto* done = std::get_if<fragua::engine::Done>(&*event)) heard.push_back("done: " + done->reason);
  }
  co_return heard;
}

fragua::Task<std::string> read_one(AssistantAnswerer& answerer, BoundRequest request) {
  auto generation = co_await answerer.answer(std::move(request));
  const auto event = co_await generation->next();
  co_return std::get<fragua::engine::Delta>(*event).content;
}

}  // namespace

TEST_CASE("assistant answerer: an answer comes in pieces, then its end") {
  AnswererBench bench;
  Assistant assistant({bench.reader, bench.items, bench.parrot, bench.help, bench.log});
  AssistantAnswerer answerer(assistant);
  const auto heard = run_task(read_all(answerer, AnswererBench::request("conciertos de thrash en Madrid")));
  REQUIRE(heard.size() >= 3);
  CHECK(heard.front() == "Tenemos 1 concierto de thrash metal en Madrid.");
  CHECK(heard.back() == "done: stop");
}

TEST_CASE("assistant answerer: dropping the answer ends the model's work") {
  AnswererBench bench;
  Assistant assistant({bench.reader, bench.items, bench.waiting, bench.help, bench.log});
  AssistantAnswerer answerer(assistant);
  CHECK(run_task(read_one(answerer, AnswererBench::request("explícame la diferencia entre rock y pop"))) == "Claro.");
  CHECK(bench.waiting.was_cancelled);
}

TEST_CASE("assistant answerer: what goes wrong is thrown where the answer is read") {
  AnswererBench bench;
  Assistant assistant({bench.reader, bench.items, bench.parrot, bench.help, bench.log});
  AssistantAnswerer answerer(assistant);
  CHECK_THROWS_AS(run_task(read_all(answerer, AnswererBench::request(" "))), Error);
  auto as_json = AnswererBench::request("hola");
  as_json.request.grammar_kind = "json";
  CHECK_THROWS_AS(run_task(read_all(answerer, std::move(as_json))), Error);
}
