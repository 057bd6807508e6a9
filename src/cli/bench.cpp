#include "cli/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <random>

#include "base/clock.h"
#include "base/error.h"
#include "cli/context.h"
#include "cli/format.h"
#include "cli/members.h"
#include "cli/transfer.h"

namespace fragua::cli {

namespace {

struct Measure {
  const char* key;
  const char* label;
  double (*value)(const BenchRun&);
};

constexpr Measure kMeasures[] = {
    {"first_token_ms", "time to first token (ms)", [](const BenchRun& run) { return run.first_token_ms; }},
    {"prompt_tokens_per_second", "prompt (tokens/s)", [](const BenchRun& run) { return run.prompt_tokens_per_second; }},
    {"answer_tokens_per_second", "answer (tokens/s)", [](const BenchRun& run) { return run.answer_tokens_per_second; }},
    {"prompt_tokens", "prompt tokens", [](const BenchRun& run) { return double(run.prompt_tokens); }},
    {"answer_tokens", "answer tokens", [](const BenchRun& run) { return double(run.answer_tokens); }},
};

Spread spread_of_measure(const Measure& measure, const std::vector<BenchRun>& runs) {
  std::vector<double> values;
  for (const auto& run : runs) values.push_back(measure.value(run));
  return spread_of(std::move(values));
}

double per_second(std::int64_t count, std::int64_t nanoseconds) {
  return nanoseconds <= 0 ? 0 : double(count) * 1e9 / double(nanoseconds);
}

struct BenchSettings {
  std::string model;
  std::size_t prompt_words = 400;
  std::int64_t answer_tokens = 128;
};

BenchRun measure(Context& context, const BenchSettings& settings, std::uint64_t seed, Progress& progress) {
  const json::object options{{"num_predict", settings.answer_tokens}, {"temperature", 0}, {"seed", 1}};
  const json::object body{{"model", settings.model},
                          {"prompt", bench_prompt(settings.prompt_words, seed)},
                          {"think", nullptr},
                          {"options", options},
                          {"stream", true}};
  BenchRun run;
  json::object last;
  std::optional<SteadyTime> first;
  const auto started = context.clock.steady();
  StreamHandlers handlers;
  handlers.on_tick = [&progress] { progress.tick(); };
  handlers.on_line = [&](const json::object& line) {
    const bool text = !string_member(line, "response").empty() || !string_member(line, "thinking").empty();
    if (text && !first) first = context.clock.steady();
    if (boolean_member(line, "done")) last = line;
  };
  context.api.stream("/api/generate", body, handlers);
  if (last.empty()) throw Error(ErrorCode::corrupt, "the server's answer has no last line with timings");
  run.first_token_ms =
      std::chrono::duration<double, std::milli>(first.value_or(context.clock.steady()) - started).count();
  run.prompt_tokens = integer_member(last, "prompt_eval_count");
  run.answer_tokens = integer_member(last, "eval_count");
  run.prompt_tokens_per_second = per_second(run.prompt_tokens, integer_member(last, "prompt_eval_duration"));
  run.answer_tokens_per_second = per_second(run.answer_tokens, integer_member(last, "eval_duration"));
  return run;
}

}  // namespace

Spread spread_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  const auto median = values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  return {median, values.front(), values.back()};
}

std::string bench_prompt(std::size_t words, std::uint64_t seed) {
  static constexpr const char* kWords[] = {"iron",  "river", "anvil",  "bread", "window", "market", "silver", "garden",
                                           "storm", "paper", "bridge", "clock", "harbor", "lamp",   "forest", "copper"};
  std::mt19937_64 random(seed);
  std::string text;
  for (std::size_t i = 0; i < words; ++i) text += std::string(kWords[random() % std::size(kWords)]) + " ";
  return text + "\n\nWrite a very long story in which all of these words appear.";
}

std::string bench_table(const std::vector<BenchRun>& runs) {
  std::vector<Row> rows{{"MEASURE", "MEDIAN", "LEAST", "MOST"}};
  for (const auto& measure : kMeasures) {
    const auto spread = spread_of_measure(measure, runs);
    rows.push_back({measure.label, fmt::format("{:.1f}", spread.median), fmt::format("{:.1f}", spread.least),
                    fmt::format("{:.1f}", spread.most)});
  }
  return table(rows);
}

json::object bench_json(const std::string& model, const std::vector<BenchRun>& runs) {
  json::object result{{"model", model}, {"runs", runs.size()}};
  for (const auto& measure : kMeasures) {
    const auto spread = spread_of_measure(measure, runs);
    result[measure.key] = {{"median", spread.median}, {"least", spread.least}, {"most", spread.most}};
  }
  return result;
}

int bench_model(Context& context) {
  BenchSettings settings;
  settings.model = context.arguments.text("MODEL");
  settings.prompt_words = std::size_t(context.arguments.number("prompt-words", 1).value_or(400));
  settings.answer_tokens = context.arguments.number("tokens", 1).value_or(128);
  const auto count = context.arguments.number("runs", 1).value_or(5);
  auto progress = make_progress(context);
  auto seed = std::uint64_t(context.clock.system().time_since_epoch().count());
  progress.step("loading " + settings.model);
  auto warm_up = settings;
  warm_up.answer_tokens = 4;
  measure(context, warm_up, seed, progress);
  std::vector<BenchRun> runs;
  for (std::int64_t i = 1; i <= count; ++i) {
    progress.step("run " + std::to_string(i) + " of " + std::to_string(count));
    runs.push_back(measure(context, settings, seed + std::uint64_t(i), progress));
  }
  progress.clear();
  if (context.as_json())
    context.console.out_line(to_pretty_json(bench_json(settings.model, runs)));
  else
    context.console.out(bench_table(runs));
  return 0;
}

}  // namespace fragua::cli
