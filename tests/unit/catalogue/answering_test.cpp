#include "catalogue/answering.h"

#include "catalogue/ready_generation.h"
#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

class NamedRole final : public RoleAnswerer {
 public:
  explicit NamedRole(std::string name) : name_(std::move(name)) {}
  Task<std::unique_ptr<inference::Generation>> answer(BoundRequest request) override {
    co_return std::make_unique<ReadyGeneration>(name_ + " of " + request.catalogue->name + ": " + question_of(request.request));
  }

 private:
  std::string name_;
};

models::StoredModel model_named(const std::string& name) {
  return {.name = models::ModelName::require(name), .digest = models::Digest::of(name)};
}

struct AnsweringBench : ImportBench {
  NamedRole search{"search"}, assistant{"assistant"};
  Answering answering{catalogues, search, assistant};
  AnsweringBench() {
    Catalogue catalogue;
    catalogue.name = "tickets";
    catalogue.search.model = "search-nlp";
    catalogue.assistant.model = "helper";
    catalogues.put(std::make_shared<const Catalogue>(std::move(catalogue)));
  }
  std::string said(const std::string& model, engine::GenerateRequest request) {
    const auto generation = run(answering.answer(model_named(model), std::move(request), {}, std::nullopt));
    return std::get<engine::Delta>(*run(generation->next())).content;
  }
};

engine::Message message(const std::string& role, const std::string& content) {
  engine::Message one;
  one.role = role;
  one.content = content;
  return one;
}

}  // namespace

TEST_CASE("answering: a bound model is answered by its role, with the last question or the prompt") {
  AnsweringBench bench;
  engine::GenerateRequest chat;
  chat.messages = {message("user", "first"), message("assistant", "an answer"), message("user", "second")};
  CHECK(bench.said("search-nlp", chat) == "search of tickets: second");
  engine::GenerateRequest raw;
  raw.prompt = "a prompt";
  CHECK(bench.said("helper:latest", raw) == "assistant of tickets: a prompt");
}

TEST_CASE("answering: other models are left alone") {
  AnsweringBench bench;
  CHECK(bench.answering.answers(model_named("search-nlp")));
  CHECK(!bench.answering.answers(model_named("qwen2.5-coder:1.5b")));
  CHECK_THROWS_AS(bench.said("qwen2.5-coder:1.5b", {}), Error);
}
