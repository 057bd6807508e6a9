#include "cli/bench.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

TEST_CASE("bench: median and spread") {
  CHECK(spread_of({3, 1, 2}).median == 2);
  CHECK(spread_of({4, 1, 2, 3}).median == 2.5);
  CHECK(spread_of({3, 1, 2}).least == 1);
  CHECK(spread_of({3, 1, 2}).most == 3);
  CHECK(spread_of({}).median == 0);
}

TEST_CASE("bench: prompts of different seeds begin differently, of one seed they are equal") {
  CHECK(bench_prompt(50, 1) == bench_prompt(50, 1));
  CHECK(bench_prompt(50, 1).substr(0, 40) != bench_prompt(50, 2).substr(0, 40));
  CHECK(bench_prompt(500, 1).size() > bench_prompt(50, 1).size() + 450 * 4);
}

TEST_CASE("bench: the table and the JSON say the same") {
  const std::vector<BenchRun> runs{{100, 500, 20, 400, 128}, {120, 480, 22, 400, 128}, {110, 520, 21, 400, 120}};
  const auto table = bench_table(runs);
  CHECK(table.find("time to first token (ms)    110.0     100.0    120.0\n") != std::string::npos);
  CHECK(table.find("answer (tokens/s)           21.0") != std::string::npos);
  const auto result = bench_json("m", runs);
  CHECK(result.at("runs") == 3);
  CHECK(result.at("first_token_ms").at("median") == 110.0);
  CHECK(result.at("answer_tokens").at("least") == 120.0);
}
