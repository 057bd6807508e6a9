// `fragua bench`: a model's speed as a client sees it. Callers: cli.cpp. Threads: the main one.
// Every run has a prompt that no cache has seen; one run that is not counted loads the model first.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace fragua::cli {

struct Context;

int bench_model(Context& context);

struct BenchRun {
  double first_token_ms = 0;  // from sending the request to the first piece of text
  double prompt_tokens_per_second = 0;
  double answer_tokens_per_second = 0;
  std::int64_t prompt_tokens = 0;
  std::int64_t answer_tokens = 0;
};

struct Spread {
  double median = 0;
  double least = 0;
  double most = 0;
};

Spread spread_of(std::vector<double> values);
// Words in an order that depends on `seed`, so that no two prompts begin alike.
std::string bench_prompt(std::size_t words, std::uint64_t seed);
std::string bench_table(const std::vector<BenchRun>& runs);
json::object bench_json(const std::string& model, const std::vector<BenchRun>& runs);

}  // namespace fragua::cli
