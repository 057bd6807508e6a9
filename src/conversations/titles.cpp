#include "conversations/titles.h"

#include <algorithm>

#include "base/strings.h"

namespace fragua::conversations {

namespace {

constexpr std::size_t kWordsMaxBytes = 60;
constexpr int kTitleTokens = 24;
constexpr std::string_view kRequest =
    "Write a title for this conversation: at most six words, in the language of my first message. Answer with the title alone, without quotes.";
constexpr int kTagTokens = 48;
constexpr std::size_t kTagsWanted = 3;
constexpr std::size_t kTagMaxBytes = 30;
constexpr std::string_view kTagsRequest =
    "Now name the general topics of this conversation as one to three tags of one or two words, in the same language, as a JSON array of strings.";
constexpr std::string_view kTagsSchema = R"({"type":"array","minItems":1,"maxItems":3,"items":{"type":"string","minLength":2,"maxLength":30}})";

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

void strip(std::string_view& text, std::string_view signs) {
  while (!text.empty() && signs.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  while (!text.empty() && signs.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
}

void strip_word(std::string_view& text, std::string_view word) {
  if (equal_ignoring_case(text.substr(0, word.size()), word)) text.remove_prefix(word.size());
}

void strip_pair(std::string_view& text, std::string_view opening, std::string_view closing) {
  if (text.size() < opening.size() + closing.size() || !text.starts_with(opening) || !text.ends_with(closing)) return;
  text.remove_prefix(opening.size());
  text.remove_suffix(closing.size());
}

}  // namespace

std::string clean_title(std::string_view title) {
  std::string text(title);
  std::replace_if(text.begin(), text.end(), is_control, ' ');
  return shortened(trimmed(text), kTitleMaxBytes);
}

std::string first_words(std::string_view question) {
  auto line = trimmed(question);
  line = trimmed(line.substr(0, line.find('\n')));
  strip(line, "#*`> ");
  if (line.size() <= kWordsMaxBytes) return clean_title(line);
  const auto cut = shortened(line, kWordsMaxBytes);
  const auto space = cut.rfind(' ');
  return clean_title(std::string_view(cut).substr(0, space == std::string::npos || space < kWordsMaxBytes / 3 ? cut.size() : space)) + "…";
}

AnswerRequest title_request(AnswerRequest asked, const std::string& answer) {
  asked.collections.clear();
  auto& request = asked.request;
  if (!request.messages.empty() && request.messages.back().role == "assistant") request.messages.pop_back();
  request.messages.push_back({.role = "assistant", .content = answer});
  request.messages.push_back({.role = "user", .content = std::string(kRequest)});
  request.priority = int(engine::Priority::title);
  request.think = false;
  json::object options{{"num_predict", kTitleTokens}, {"temperature", 0.0}};
  if (const auto* context = find_member(asked.settings.options, "num_ctx")) options["num_ctx"] = *context;
  asked.settings.options = std::move(options);
  return asked;
}

AnswerRequest tags_request(AnswerRequest title_asked, const std::string& title) {
  auto& request = title_asked.request;
  request.messages.push_back({.role = "assistant", .content = title});
  request.messages.push_back({.role = "user", .content = std::string(kTagsRequest)});
  request.grammar_kind = "json_schema";
  request.grammar = kTagsSchema;
  title_asked.settings.options["num_predict"] = kTagTokens;
  return title_asked;
}

std::vector<std::string> tags_of(std::string_view said) {
  std::vector<std::string> tags;
  boost::system::error_code failed;
  const auto list = json::parse(json::string_view(said.data(), said.size()), failed);
  if (failed || !list.is_array()) return tags;
  for (const auto& item : list.get_array()) {
    if (!item.is_string()) continue;
    const auto tag = lowercase(clean_title(std::string_view(item.get_string())));
    const bool is_new = std::find(tags.begin(), tags.end(), tag) == tags.end();
    if (!tag.empty() && tag.size() <= kTagMaxBytes && is_new && tags.size() < kTagsWanted) tags.push_back(tag);
  }
  return tags;
}

std::string title_of(std::string_view said) {
  auto text = trimmed(said);
  text = trimmed(text.substr(0, text.find('\n')));
  strip(text, "#*_` ");
  for (const auto word : {"Title:", "Título:", "Titulo:"}) strip_word(text, word);
  strip(text, "*_` ");
  strip_pair(text, "\"", "\"");
  strip_pair(text, "“", "”");
  strip_pair(text, "«", "»");
  strip_pair(text, "'", "'");
  if (text.ends_with('.') && !text.ends_with("..")) text.remove_suffix(1);
  const auto title = clean_title(text);
  return title.size() > kWordsMaxBytes * 2 ? "" : title;
}

}  // namespace fragua::conversations
