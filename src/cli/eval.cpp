#include "cli/eval.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/strings.h"
#include "cli/context.h"
#include "cli/format.h"
#include "cli/session.h"
#include "cli/transfer.h"

namespace fragua::cli {

namespace {

constexpr std::int64_t kAnswerTokens = 200;
constexpr std::size_t kToldEvery = 25;
constexpr std::size_t kQuestionsMax = 100'000;

bool are_equal(const json::value* a, const json::value* b) {
  if (!a || !b || a->is_null() || b->is_null()) return (!a || a->is_null()) && (!b || b->is_null());
  if (a->is_number() && b->is_number()) return a->to_number<double>() == b->to_number<double>();
  return *a == *b;
}

std::optional<json::object> object_of(const std::string& text) {
  boost::system::error_code problem;
  auto value = json::parse(text, problem);
  if (problem || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

// The least that so many of a hundred do not exceed.
double percentile(std::vector<double> values, double percent) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto place = std::size_t(percent / 100 * double(values.size() - 1) + 0.5);
  return values[place];
}

std::vector<double> times_of(const std::vector<Outcome>& outcomes) {
  std::vector<double> times;
  for (const auto& outcome : outcomes)
    if (!outcome.failed) times.push_back(outcome.milliseconds);
  return times;
}

// In the order in which the labels name them.
std::vector<std::string> fields_of(const std::vector<Outcome>& outcomes) {
  std::vector<std::string> fields;
  for (const auto& outcome : outcomes)
    for (const auto& [key, value] : outcome.wanted.answer)
      if (std::find(fields.begin(), fields.end(), std::string_view(key)) == fields.end()) fields.emplace_back(key);
  return fields;
}

template <class Is>
double share(const std::vector<Outcome>& outcomes, Is is) {
  if (outcomes.empty()) return 0;
  return double(std::ranges::count_if(outcomes, is)) / double(outcomes.size());
}

double exact_share(const std::vector<Outcome>& outcomes) { return share(outcomes, is_exact); }
std::size_t invalid_count(const std::vector<Outcome>& outcomes) {
  return std::size_t(std::ranges::count_if(outcomes, [](const Outcome& outcome) { return !outcome.answer && !outcome.failed; }));
}
std::size_t failed_count(const std::vector<Outcome>& outcomes) { return std::size_t(std::ranges::count_if(outcomes, &Outcome::failed)); }

struct EvalSettings {
  std::string model;
  json::value format;
  std::string system;
  json::object options;
};

Outcome ask(Context& context, const EvalSettings& settings, LabelledQuestion wanted, bool is_first) {
  json::object body{{"model", settings.model}, {"prompt", wanted.question}, {"options", settings.options}, {"stream", false}};
  if (!settings.format.is_null()) body["format"] = settings.format;
  if (!settings.system.empty()) body["system"] = settings.system;
  const auto begin = context.clock.steady();
  Outcome outcome;
  const auto answer = context.api.try_post("/api/generate", body);
  if (!answer && is_first) throw Error(answer.error());  // it is the model or the server, not the question
  outcome.milliseconds = std::chrono::duration<double, std::milli>(context.clock.steady() - begin).count();
  outcome.wanted = std::move(wanted);
  outcome.failed = !answer;
  outcome.said = answer ? string_member(answer->get_object(), "response") : answer.error().what();
  if (answer) outcome.answer = object_of(outcome.said);
  return outcome;
}

EvalSettings settings_of(const Arguments& arguments) {
  EvalSettings settings;
  settings.model = arguments.text("MODEL");
  settings.system = arguments.text("system");
  settings.options = json::object{{"temperature", 0}, {"num_predict", kAnswerTokens}};
  for (const auto& option : arguments.list("option")) {
    const auto equals = option.find('=');
    if (equals == std::string::npos) throw Error(ErrorCode::invalid_argument, "--option must be NAME=VALUE, not \"" + option + "\"");
    boost::system::error_code is_text;
    auto value = json::parse(option.substr(equals + 1), is_text);
    settings.options[option.substr(0, equals)] = is_text ? json::value(option.substr(equals + 1)) : std::move(value);
  }
  if (const auto format = arguments.text("format"); !format.empty()) {
    auto parsed = parse_format(format);
    if (!parsed) parsed = parse_format(read_file(format));
    if (!parsed) throw Error(ErrorCode::invalid_argument, "--format must be json, a JSON Schema, or a file with one");
    settings.format = std::move(*parsed);
  }
  return settings;
}

std::vector<LabelledQuestion> questions_of(const Arguments& arguments) {
  auto questions = parse_labelled(read_file(arguments.text("FILE")));
  const auto half = arguments.text("half");
  if (!half.empty()) std::erase_if(questions, [&](const LabelledQuestion& question) { return question.half != half; });
  if (questions.empty()) throw Error(ErrorCode::invalid_argument, "there is no question" + (half.empty() ? "" : " in the half \"" + half + "\""));
  return questions;
}

std::string misses_text(const std::vector<Outcome>& outcomes) {
  std::string text;
  for (const auto& outcome : outcomes)
    if (!is_exact(outcome)) text += "\n" + outcome.wanted.question + "\n  wanted  " + to_json(outcome.wanted.answer) + "\n  said    " + outcome.said + "\n";
  return text;
}

}  // namespace

std::vector<LabelledQuestion> parse_labelled(std::string_view lines) {
  std::vector<LabelledQuestion> questions;
  std::size_t number = 0;
  for (const auto& line : split(lines, '\n')) {
    ++number;
    if (trimmed(line).empty()) continue;
    const auto value = object_of(line);
    const auto* answer = value ? find_member(*value, "answer") : nullptr;
    if (!value || string_member(*value, "question").empty() || !answer || !answer->is_object())
      throw Error(ErrorCode::invalid_argument, "line " + std::to_string(number) + R"( must be {"question": "…", "answer": {…}})");
    if (questions.size() == kQuestionsMax) throw Error(ErrorCode::too_large, "a set may have " + std::to_string(kQuestionsMax) + " questions");
    questions.push_back({string_member(*value, "question"), answer->get_object(), string_member(*value, "half")});
  }
  return questions;
}

bool is_right(const Outcome& outcome, std::string_view field) {
  return outcome.answer && are_equal(outcome.wanted.answer.if_contains(field), outcome.answer->if_contains(field));
}

bool is_exact(const Outcome& outcome) {
  if (!outcome.answer || outcome.answer->size() != outcome.wanted.answer.size()) return false;
  return std::ranges::all_of(outcome.wanted.answer, [&](const auto& member) { return outcome.answer->contains(member.key()) && is_right(outcome, member.key()); });
}

json::object evaluation_json(const std::string& model, const std::vector<Outcome>& outcomes) {
  json::object fields;
  for (const auto& field : fields_of(outcomes)) fields[field] = share(outcomes, [&](const Outcome& outcome) { return is_right(outcome, field); });
  json::array misses;
  for (const auto& outcome : outcomes)
    if (!is_exact(outcome)) misses.push_back({{"question", outcome.wanted.question}, {"wanted", outcome.wanted.answer}, {"said", outcome.said}});
  json::object report;
  report["model"] = model;
  report["questions"] = outcomes.size();
  report["exact"] = exact_share(outcomes);
  report["fields"] = std::move(fields);
  report["invalid_json"] = invalid_count(outcomes);
  report["failed_requests"] = failed_count(outcomes);
  report["median_ms"] = percentile(times_of(outcomes), 50);
  report["p95_ms"] = percentile(times_of(outcomes), 95);
  report["misses"] = std::move(misses);
  return report;
}

std::string evaluation_text(const std::vector<Outcome>& outcomes) {
  std::vector<Row> rows{{"questions", std::to_string(outcomes.size())}, {"exact match", fmt::format("{:.1f} %", 100 * exact_share(outcomes))}};
  for (const auto& field : fields_of(outcomes))
    rows.push_back({"  " + field, fmt::format("{:.1f} %", 100 * share(outcomes, [&](const Outcome& outcome) { return is_right(outcome, field); }))});
  rows.push_back({"invalid JSON", std::to_string(invalid_count(outcomes))});
  if (const auto failed = failed_count(outcomes); failed > 0) rows.push_back({"failed requests", std::to_string(failed)});
  rows.push_back({"median", fmt::format("{:.1f} ms", percentile(times_of(outcomes), 50))});
  rows.push_back({"95th percentile", fmt::format("{:.1f} ms", percentile(times_of(outcomes), 95))});
  return table(rows) + misses_text(outcomes);
}

int evaluate_model(Context& context) {
  const auto settings = settings_of(context.arguments);
  auto questions = questions_of(context.arguments);
  auto progress = make_progress(context);
  std::vector<Outcome> outcomes;
  const auto total = questions.size();
  for (auto& question : questions) {
    if (outcomes.size() % kToldEvery == 0) progress.step("question " + std::to_string(outcomes.size() + 1) + " of " + std::to_string(total));
    outcomes.push_back(ask(context, settings, std::move(question), outcomes.empty()));
  }
  progress.clear();
  if (context.as_json()) context.console.out_line(to_pretty_json(evaluation_json(settings.model, outcomes)));
  else context.console.out(evaluation_text(outcomes));
  return 0;
}

}  // namespace fragua::cli
