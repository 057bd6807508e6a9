// `fragua eval`: asks a model every question of a labelled set and counts how often, where and how fast it is right.
// Callers: cli.cpp. Threads: the main one. An answer that is no JSON object counts as wrong, and is counted by itself.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fragua::cli {

struct Context;

// One line of the set: {"question": "…", "answer": {…}}, and which half of it the question is in.
struct LabelledQuestion {
  std::string question;
  json::object answer;
  std::string half;
};
// Error(invalid_argument) with the number of a line that is none.
std::vector<LabelledQuestion> parse_labelled(std::string_view lines);

struct Outcome {
  LabelledQuestion wanted;
  std::string said;
  std::optional<json::object> answer;   // nothing: what was said is no JSON object
  double milliseconds = 0;
  bool failed = false;                  // the request; then `said` is its error
};
// Numbers are equal by their value, all else as it is written.
bool is_right(const Outcome& outcome, std::string_view field);
bool is_exact(const Outcome& outcome);

json::object evaluation_json(const std::string& model, const std::vector<Outcome>& outcomes);
std::string evaluation_text(const std::vector<Outcome>& outcomes);

int evaluate_model(Context& context);

}  // namespace fragua::cli
