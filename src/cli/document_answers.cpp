#include "cli/document_answers.h"

#include <fmt/format.h>

#include "cli/context.h"
#include "cli/document_names.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

// "manual.pdf, page 12"
std::string place_of(const json::object& passage) {
  auto place = printable(string_member(passage, "document"));
  if (const auto page = integer_member(passage, "page"); page > 0) place += fmt::format(", page {}", page);
  return place;
}

std::string ranked(const json::object& passage, const char* by) {
  const auto place = object_member(passage, by);
  const auto* score = find_member(place, "score");
  if (score == nullptr || !score->is_number()) return "";
  return fmt::format("  {} {} ({:.3f})", by, integer_member(place, "rank"), score->to_number<double>());
}

json::object request_of(Context& context, const std::vector<std::string>& words) {
  json::array ids;
  const auto known = words.size() > 1 ? collections_of(context.api) : std::vector<json::object>();
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    ids.push_back(json::string(string_member(choose_collection(known, words[i]), "id")));
  json::object body{{"question", words.back()}, {"collections", std::move(ids)}};
  if (const auto limit = context.arguments.number("limit", 1)) body["limit"] = *limit;
  return body;
}

int print(Context& context, const json::value& answer, std::string (*as_text)(const json::object&)) {
  context.console.out(context.as_json() ? to_json(answer) + "\n" : as_text(answer.as_object()));
  return 0;
}

}  // namespace

std::string answer_text(const json::object& answer) {
  auto text = printable(string_member(answer, "answer")) + "\n";
  const auto sources = array_member(answer, "sources");
  if (!sources.empty()) text += "\n";
  for (const auto& item : sources) {
    const auto& source = item.as_object();
    text += fmt::format("[{}] {}: «{}»\n", integer_member(source, "number"), place_of(source), printable(string_member(source, "quote")));
  }
  return text;
}

std::string passages_text(const json::object& answer) {
  std::string text;
  int number = 0;
  for (const auto& item : array_member(answer, "passages")) {
    const auto& passage = item.as_object();
    text += fmt::format("{}. {}{}{}\n", ++number, place_of(passage), ranked(passage, "text"), ranked(passage, "vector"));
    text += printable(string_member(passage, "content")) + "\n\n";
  }
  return text.empty() ? "nothing was found\n" : text;
}

int ask_documents(Context& context, const std::vector<std::string>& words) {
  auto body = request_of(context, words);
  if (context.arguments.has("model")) body["model"] = context.arguments.text("model");
  return print(context, context.api.post("/api/v1/ask", body), answer_text);
}

int search_documents(Context& context, const std::vector<std::string>& words) {
  return print(context, context.api.post("/api/v1/documents/search", request_of(context, words)), passages_text);
}

}  // namespace fragua::cli
