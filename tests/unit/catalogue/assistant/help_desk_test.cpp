#include "catalogue/assistant/help_desk.h"

#include <doctest/doctest.h>

#include "unit/documents/bench.h"

using namespace fragua;
using namespace fragua::documents::tests;
using fragua::catalogue::assistant::DocumentHelpDesk;
using fragua::catalogue::assistant::HelpRequest;

namespace {

class SayingWriter final : public documents::AnswerWriter {
 public:
  Task<documents::AnswerFigures> write(documents::WriteRequest, std::shared_ptr<documents::AnswerControl>, documents::TextListener& listener) override {
    co_await listener.take(text);
    co_return documents::AnswerFigures{};
  }
  std::string text;
};

class Heard final : public documents::AskListener {
 public:
  Task<> found(const std::vector<documents::Passage>&) override { co_return; }
  Task<> said(std::string sentence) override {
    text += sentence;
    co_return;
  }
  std::string text;
};

struct HelpBench : DocumentsBench {
  SayingWriter writer;
  documents::Asking asking{service->retrieval(), writer, embedder, store, {}};
  DocumentHelpDesk desk{*service, asking};
  Heard heard;

  HelpBench() {
    start_worker();
    ingest(collection("tickets"), "ayuda.txt", "--- 1\nLas entradas se pueden devolver hasta 48 horas antes del concierto.");
  }
  std::optional<documents::Answer> ask(const std::string& collection, const std::string& user = kAna) {
    HelpRequest request;
    request.user = user;
    request.collection = collection;
    request.question = "¿Hasta cuándo se pueden devolver las entradas?";
    return run(desk.ask(std::move(request), std::make_shared<documents::AnswerControl>(), heard));
  }
};

}  // namespace

TEST_CASE("help desk: the collection that is named answers, with its source") {
  HelpBench bench;
  bench.writer.text = "Se pueden devolver hasta 48 horas antes del concierto.";
  const auto answer = bench.ask("tickets");
  REQUIRE(answer);
  CHECK(answer->sources.size() == 1);
  CHECK(bench.heard.text == answer->text);
}

TEST_CASE("help desk: what the documents do not have, or nobody may read, is nothing, and nothing is told") {
  HelpBench bench;
  bench.writer.text = "NO ESTÁ.";
  CHECK_FALSE(bench.ask("tickets"));
  CHECK_FALSE(bench.ask("otra"));
  CHECK_FALSE(bench.ask(""));
  bench.writer.text = "Se pueden devolver hasta 48 horas antes del concierto.";
  CHECK_FALSE(bench.ask("tickets", "nobody"));
  CHECK(bench.heard.text.empty());
}
