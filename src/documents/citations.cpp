#include "documents/citations.h"

#include <algorithm>
#include <regex>
#include <set>

#include "base/strings.h"
#include "documents/chunker.h"
#include "search/language.h"
#include "search/words.h"

namespace fragua::documents {

namespace {

constexpr double kSupportMin = 0.5;
constexpr std::size_t kQuoteMaxBytes = 600;
constexpr std::size_t kTermBytes = 6;

bool is_number(std::string_view term) {
  return std::any_of(term.begin(), term.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Words that say something, cut after some letters: forms of one word become the same, in every language.
std::set<std::string> terms_of(std::string_view text) {
  std::set<std::string> terms;
  for (const auto& word : search::words_of(text))
    for (const auto& part : word.parts) {
      if (search::is_stop_word(part, search::Language::unknown)) continue;
      auto term = search::without_accents(part);
      if (!is_number(term) && term.size() > kTermBytes) term.resize(complete_utf8_length(std::string_view(term).substr(0, kTermBytes)));
      terms.insert(std::move(term));
    }
  return terms;
}

double support_of(const std::set<std::string>& said, const std::set<std::string>& source) {
  std::size_t found = 0;
  for (const auto& term : said) {
    const bool is_there = source.contains(term);
    if (!is_there && is_number(term)) return 0;
    found += is_there;
  }
  return said.empty() ? 0 : double(found) / double(said.size());
}

// One sentence, or two where the second says more of it.
Citation best_of(const std::set<std::string>& said, std::string_view content, std::size_t passage) {
  Citation best{passage, "", 0};
  const auto sentences = sentences_of(content);
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    auto window = sentences[i];
    for (int length = 1; length <= 2; ++length) {
      const auto support = support_of(said, terms_of(window));
      if (support > best.support + 0.01) best = {passage, quote_of(window), support};
      if (i + 1 >= sentences.size()) break;
      window = std::string_view(window.data(), window.size() + sentences[i + 1].size());
    }
  }
  return best;
}

// Letters and digits only, so that signs and line ends between words do not matter.
std::string folded(std::string_view text) {
  std::string letters;
  for (const auto& word : search::words_of(text))
    for (const auto& part : word.parts) letters += search::without_accents(part);
  return letters;
}

void grow(Box& box, const Box& other) {
  box.x0 = std::min(box.x0, other.x0);
  box.y0 = std::min(box.y0, other.y0);
  box.x1 = std::max(box.x1, other.x1);
  box.y1 = std::max(box.y1, other.y1);
}

bool is_same_line(const Box& line, const Box& word) {
  const auto middle = (word.y0 + word.y1) / 2;
  return middle > line.y0 && middle < line.y1 && word.x0 >= line.x0;
}

}  // namespace

std::string quote_of(std::string_view text) {
  text = trimmed(text);
  return std::string(text.substr(0, complete_utf8_length(text.substr(0, kQuoteMaxBytes))));
}

bool has_numbers_of(std::string_view sentence, std::string_view text) {
  const auto there = terms_of(text);
  const auto said = terms_of(sentence);
  return std::all_of(said.begin(), said.end(), [&](const std::string& term) { return !is_number(term) || there.contains(term); });
}

std::optional<Citation> cite(std::string_view sentence, const std::vector<Passage>& passages) {
  const auto said = terms_of(sentence);
  Citation best;
  for (std::size_t i = 0; i < passages.size(); ++i) {
    auto citation = best_of(said, passages[i].chunk.content, i);
    if (citation.support > best.support) best = std::move(citation);
  }
  if (best.support < kSupportMin) return std::nullopt;
  return best;
}

std::string without_markers(std::string_view text) {
  static const std::regex marker(R"(\s*\[\d{1,2}(\s*,\s*\d{1,2})*\])");
  return std::regex_replace(std::string(text), marker, "");
}

std::vector<Box> boxes_of(std::string_view quote, const std::vector<Word>& words) {
  const auto wanted = folded(quote);
  if (wanted.empty()) return {};
  std::string page;
  std::vector<std::size_t> begins;        // of each word, in `page`
  for (const auto& word : words) {
    begins.push_back(page.size());
    page += folded(word.text);
  }
  const auto at = page.find(wanted);
  if (at == std::string::npos) return {};
  std::vector<Box> lines;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto end = i + 1 < words.size() ? begins[i + 1] : page.size();
    if (end <= at || begins[i] >= at + wanted.size()) continue;
    if (lines.empty() || !is_same_line(lines.back(), words[i].box)) lines.push_back(words[i].box);
    else grow(lines.back(), words[i].box);
  }
  return lines;
}

}  // namespace fragua::documents
