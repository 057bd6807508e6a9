#include "engine/sample/sampler.h"

#include <doctest/doctest.h>

#include <random>

#include "base/error.h"
#include "naive_sampler.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

std::vector<float> random_logits(std::mt19937& random, int size) {
  std::normal_distribution<float> normal(0, 3);
  std::vector<float> logits(static_cast<std::size_t>(size));
  for (auto& logit : logits) logit = normal(random);
  return logits;
}

SamplingOptions with(void (*change)(SamplingOptions&)) {
  SamplingOptions options;
  options.seed = 7;
  change(options);
  return options;
}

// With 8,000 draws a frequency is within 0.03 of its probability; the seed is fixed, so it is so always or never.
void check_draws(const SamplingOptions& options, std::vector<float> logits, const TokenMask* mask,
                 std::span<const Token> history) {
  const std::vector<Token> breakers{3, 11};
  const auto expected = naive::distribution(logits, mask, options, history, breakers);
  Sampler sampler(options, int(logits.size()), {{3}, {11}});
  sampler.accept(history);
  const auto before = logits;
  std::map<Token, int> drawn;
  constexpr int kDraws = 8000;
  for (int i = 0; i < kDraws; ++i) ++drawn[sampler.sample(logits, mask).token];
  CHECK(logits == before);
  for (const auto& [token, count] : drawn) {
    CAPTURE(token);
    CHECK(expected.contains(token));
  }
  for (const auto& [token, probability] : expected) {
    CAPTURE(token);
    CHECK(drawn[token] / double(kDraws) == doctest::Approx(probability).epsilon(0.03));
  }
}

}  // namespace

TEST_CASE("sampler: draws from the same distribution as the plain formulas, whatever the options") {
  struct Case {
    const char* name;
    void (*change)(SamplingOptions&);
  };
  const Case cases[] = {
      {"defaults", [](SamplingOptions&) {}},
      {"temperature 1", [](SamplingOptions& o) { o.temperature = 1; }},
      {"temperature 2, top_p off", [](SamplingOptions& o) { o.temperature = 2, o.top_p = 1; }},
      {"top_k 5", [](SamplingOptions& o) { o.top_k = 5, o.top_p = 1; }},
      {"top_k off, top_p 0.5", [](SamplingOptions& o) { o.top_k = 0, o.top_p = 0.5; }},
      {"top_p 0", [](SamplingOptions& o) { o.top_p = 0; }},
      {"min_p", [](SamplingOptions& o) { o.top_p = 1, o.min_p = 0.2; }},
      {"min_p over 1", [](SamplingOptions& o) { o.min_p = 2; }},
      {"typical", [](SamplingOptions& o) { o.typical_p = 0.4, o.top_p = 1; }},
      {"typical, whole vocabulary", [](SamplingOptions& o) { o.typical_p = 0.6, o.top_k = 0; }},
      {"xtc always", [](SamplingOptions& o) { o.xtc_probability = 1, o.xtc_threshold = 0.05, o.top_p = 1; }},
      {"repeat", [](SamplingOptions& o) { o.repeat_penalty = 1.5; }},
      {"repeat, all tokens back", [](SamplingOptions& o) { o.repeat_penalty = 1.3, o.repeat_last_n = -1; }},
      {"presence and frequency", [](SamplingOptions& o) { o.presence_penalty = 0.7, o.frequency_penalty = 0.4; }},
      {"short window", [](SamplingOptions& o) { o.frequency_penalty = 1, o.repeat_last_n = 5; }},
      {"dry", [](SamplingOptions& o) { o.dry_multiplier = 0.8; }},
      {"dry, long runs", [](SamplingOptions& o) { o.dry_multiplier = 2, o.dry_allowed_length = 1; }},
      {"bias",
       [](SamplingOptions& o) {
         o.logit_bias = {{"4", 6.0}, {"9", -100}};
       }},
      {"bias and repeat on one token",
       [](SamplingOptions& o) {
         o.logit_bias = {{"4", 5.0}}, o.repeat_penalty = 2;
       }},
      {"all at once",
       [](SamplingOptions& o) {
         o.repeat_penalty = 1.1, o.dry_multiplier = 0.8, o.typical_p = 0.95, o.min_p = 0.02, o.temperature = 1.2;
       }},
  };
  std::mt19937 random(1);
  const std::vector<Token> history{4, 7, 2, 9, 4, 7, 2, 8, 3, 4, 7, 2, 9, 4, 7, 2};
  for (const auto& test : cases) {
    CAPTURE(test.name);
    for (int size : {12, 77, 400}) {
      CAPTURE(size);
      auto logits = random_logits(random, size);
      check_draws(with(test.change), logits, nullptr, history);
      TokenMask mask(size);
      mask.allow_none();
      for (int token = 0; token < size; ++token)
        if (random() % 3 == 0) mask.allow(token);
      mask.allow(4);
      check_draws(with(test.change), logits, &mask, history);
    }
  }
}

TEST_CASE("sampler: temperature 0 takes the likeliest allowed token, the first of equals") {
  std::mt19937 random(2);
  Sampler sampler(with([](SamplingOptions& o) { o.temperature = 0; }), 1000);
  for (int round = 0; round < 200; ++round) {
    auto logits = random_logits(random, 1000);
    if (round % 2) logits[random() % 1000] = logits[random() % 1000] = 20;
    TokenMask mask(1000);
    for (int token = 0; token < 1000; ++token)
      if (round % 3 == 0 && random() % 2) mask.forbid(token);
    Token best = -1;
    for (Token token = 0; token < 1000; ++token)
      if (mask.allows(token) && (best < 0 || logits[std::size_t(token)] > logits[std::size_t(best)])) best = token;
    CHECK(sampler.sample(logits, &mask).token == best);
  }
}

TEST_CASE("sampler: temperature 0 agrees with the plain formulas under penalties, DRY and XTC") {
  std::mt19937 random(3);
  const std::vector<Token> history{1, 2, 5, 1, 2, 5, 1, 2};
  for (int round = 0; round < 100; ++round) {
    auto options = with([](SamplingOptions& o) { o.temperature = 0, o.repeat_penalty = 1.4, o.dry_multiplier = 1; });
    if (round % 2) options.typical_p = 0.5;
    if (round % 5 == 0) options.xtc_probability = 1;
    auto logits = random_logits(random, 50);
    const auto expected = naive::distribution(logits, nullptr, options, history, {3});
    Sampler sampler(options, 50, {{3}});
    sampler.accept(history);
    CHECK(sampler.sample(logits, nullptr).token == expected.begin()->first);
  }
}

TEST_CASE("sampler: the same seed gives the same tokens, another seed others") {
  std::mt19937 random(4);
  const auto logits = random_logits(random, 5000);
  const auto run = [&](std::int64_t seed) {
    SamplingOptions options;
    options.seed = seed;
    options.temperature = 1.5;
    options.xtc_probability = 0.3;
    Sampler sampler(options, 5000);
    std::vector<Token> tokens;
    auto row = logits;
    for (int i = 0; i < 50; ++i) {
      tokens.push_back(sampler.sample(row, nullptr).token);
      sampler.accept(tokens.back());
    }
    return tokens;
  };
  CHECK(run(42) == run(42));
  CHECK(run(42) != run(43));
  // The numbers themselves, so that no change of library or compiler changes a user's text unnoticed.
  std::mt19937_64 engine(42);
  CHECK(engine() == 13930160852258120406ull);
}

TEST_CASE("sampler: logits that differ a little, as those of another batch do, seldom change what a seed draws") {
  std::mt19937 random(5);
  for (const int top_k : {0, 40}) {
    CAPTURE(top_k);
    int same = 0;
    constexpr int kSeeds = 1000;
    for (int seed = 0; seed < kSeeds; ++seed) {
      auto logits = random_logits(random, 3000), others = logits;
      std::normal_distribution<float> noise(0, 0.02F);
      for (auto& logit : others) logit += noise(random);
      SamplingOptions options;
      options.seed = seed;
      options.temperature = 1.5;
      options.top_k = top_k;
      options.top_p = 1;
      same += Sampler(options, 3000).sample(logits, nullptr).token == Sampler(options, 3000).sample(others, nullptr).token;
    }
    CHECK(same > kSeeds * 96 / 100);
    CHECK(same < kSeeds);  // the noise is there
  }
}

TEST_CASE("sampler: log-probabilities are the model's own, whatever the mask and the filters") {
  std::vector<float> logits{1, 2, 3, 4};
  double sum = 0;
  for (float logit : logits) sum += std::exp(logit);
  auto options = with([](SamplingOptions& o) { o.temperature = 0, o.logprobs = true, o.top_logprobs = 2; });
  TokenMask mask(4);
  mask.forbid(3);
  Sampler sampler(options, 4);
  const auto choice = sampler.sample(logits, &mask);
  CHECK(choice.token == 2);
  CHECK(choice.logprob == doctest::Approx(3 - std::log(sum)));
  REQUIRE(choice.top.size() == 2);
  CHECK(choice.top[0].token == 3);
  CHECK(choice.top[0].logprob == doctest::Approx(4 - std::log(sum)));
  CHECK(choice.top[1].token == 2);
}

TEST_CASE("sampler: a bias counts for log-probabilities, a penalty does not") {
  std::vector<float> logits{0, 0};
  auto options = with([](SamplingOptions& o) {
    o.temperature = 0, o.logprobs = true, o.logit_bias = {{"1", std::log(3.0)}}, o.presence_penalty = 10;
  });
  Sampler sampler(options, 2);
  sampler.accept(1);
  const auto choice = sampler.sample(logits, nullptr);
  CHECK(choice.token == 0);
  CHECK(choice.logprob == doctest::Approx(std::log(0.25)));
}

TEST_CASE("sampler: logits of minus infinity never win against an allowed one, and do not stop a forced choice") {
  const float lowest = -std::numeric_limits<float>::infinity();
  for (double temperature : {0.0, 1.0}) {
    SamplingOptions options;
    options.temperature = temperature;
    Sampler sampler(options, 40);
    std::vector<float> logits(40, lowest);
    logits[33] = -50;
    CHECK(sampler.sample(logits, nullptr).token == 33);
    TokenMask mask(40);
    mask.allow_none();
    mask.allow(5);
    CHECK(sampler.sample(logits, &mask).token == 5);
  }
}

TEST_CASE("sampler: a mask that allows nothing is an error, not a token") {
  for (double temperature : {0.0, 1.0}) {
    SamplingOptions options;
    options.temperature = temperature;
    Sampler sampler(options, 40);
    std::vector<float> logits(40, 1);
    TokenMask mask(40);
    mask.allow_none();
    CHECK_THROWS_AS(sampler.sample(logits, &mask), Error);
  }
}

TEST_CASE("sampler: tokens beyond the mask's vocabulary are not allowed") {
  std::vector<float> logits(100, 0);
  logits[90] = 10;
  logits[20] = 5;
  TokenMask mask(70);
  Sampler sampler(with([](SamplingOptions& o) { o.temperature = 0; }), 100);
  CHECK(sampler.sample(logits, &mask).token == 20);
  CHECK(sampler.sample(logits, nullptr).token == 90);
}

TEST_CASE("sampler: what it cannot use is refused by name") {
  const auto refused = [](void (*change)(SamplingOptions&), const char* word) {
    CAPTURE(word);
    bool threw = false;
    try {
      Sampler sampler(with(change), 10);
    } catch (const Error& error) {
      threw = true;
      CHECK(error.code() == ErrorCode::invalid_argument);
      CHECK(std::string(error.what()).find(word) != std::string::npos);
    }
    CHECK(threw);
  };
  refused([](SamplingOptions& o) { o.logit_bias = {{"10", 1.0}}; }, "\"10\"");
  refused([](SamplingOptions& o) { o.logit_bias = {{"dog", 1.0}}; }, "\"dog\"");
  refused([](SamplingOptions& o) { o.temperature = std::nan(""); }, "temperature");
  refused([](SamplingOptions& o) { o.repeat_penalty = 0; }, "repeat_penalty");
}
