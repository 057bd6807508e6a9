#include "engine/fake/model.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace fragua;
using namespace fragua::engine;

namespace {

// The token that the context would say after `tokens`, computed one by one.
Token likeliest_after(FakeContext& context, int sequence, const std::vector<Token>& tokens) {
  std::vector<BatchToken> batch;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    batch.push_back({tokens[i], std::int32_t(i), sequence, i + 1 == tokens.size()});
  REQUIRE(context.decode(batch) == StepResult::done);
  const auto logits = context.logits(batch.size() - 1);
  return Token(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

}  // namespace

TEST_CASE("fake model: the next token depends on every token before it") {
  ContextLimits limits;
  limits.cells = 100;
  FakeContext context(limits);
  const auto one = likeliest_after(context, 0, {'a', 'b', 'c'});
  CHECK(likeliest_after(context, 1, {'a', 'b', 'c'}) == one);
  const auto expected = FakeContext::expected_answer({'a', 'b', 'c'}, 1);
  CHECK((one == kFakeEnd ? expected.empty() : expected == std::string(1, char(one))));
  CHECK(FakeContext::expected_answer({'a', 'b', 'c'}, 20) != FakeContext::expected_answer({'x', 'b', 'c'}, 20));
}

TEST_CASE("fake model: a shared prefix takes its cells once, and what does not fit is not computed") {
  ContextLimits limits;
  limits.cells = 4;
  FakeContext context(limits);
  likeliest_after(context, 0, {'a', 'b', 'c'});
  context.share(0, 1, 3);
  const std::vector<BatchToken> fits = {{'d', 3, 1, true}}, too_much = {{'e', 3, 0, true}};
  CHECK(context.decode(fits) == StepResult::done);
  CHECK(context.decode(too_much) == StepResult::no_space);
  CHECK(context.tokens_computed() == 4);
}

TEST_CASE("fake model: a context that cannot roll back says so and keeps what it has") {
  ContextLimits limits;
  limits.cells = 100;
  limits.can_roll_back = false;
  FakeContext context(limits);
  likeliest_after(context, 0, {'a', 'b', 'c'});
  CHECK_FALSE(context.truncate(0, 1));
  CHECK(context.truncate(0, 3));
  CHECK(context.truncate(0, 0));
}

TEST_CASE("fake model: says what it is") {
  const auto model = load_fake_model({}, {});
  CHECK(model->info().architecture == "fake");
  CHECK(model->vocabulary().pieces().size() == model->info().vocabulary);
  CHECK(model->vocabulary().is_end(kFakeEnd));
}

TEST_CASE("fake model: sees where the request names a projector") {
  CHECK(load_fake_model({}, {})->projector() == nullptr);
  const auto model = load_fake_model({.projector_path = "eyes"}, {});
  REQUIRE(model->projector());
  CHECK_FALSE(model->projector()->read("words"));
  const auto image = model->projector()->read("PICc");
  REQUIRE(image);
  CHECK(image->images.size() == 2);
  CHECK(image->tokens.size() == 7);
  CHECK(image->cells() == 13);
  ContextLimits limits;
  const auto context = model->make_context({}, limits);
  CHECK(model->projector()->compute(image->images[0], *context, 0, 0) == StepResult::done);
}
