#include "conversations/search.h"

#include <algorithm>

#include "conversations/conversation.h"

namespace fragua::conversations {

namespace {

constexpr std::size_t kWordsMax = 12;

bool is_letter(unsigned char c) { return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The index counts words, and what stands between two of them may be of any length.
std::string cut_around_mark(const std::string& text) {
  constexpr std::size_t kBefore = 120, kWhole = 400;
  const auto mark = text.find('\x01');
  auto begin = mark == std::string::npos || mark < kBefore ? 0 : mark - kBefore;
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) ++begin;
  auto piece = shortened(std::string_view(text).substr(begin), kWhole);
  if (std::count(piece.begin(), piece.end(), '\x01') > std::count(piece.begin(), piece.end(), '\x02')) piece += '\x02';
  return (begin > 0 ? "…" : "") + piece;
}

}  // namespace

// The index itself cuts at everything that is no letter, so a run of letters is at most one of its words, or several without
// space between, which a quoted phrase finds as they stand.
std::string match_expression(std::string_view owner_word, std::string_view typed) {
  std::string words;
  std::size_t count = 0;
  while (!typed.empty() && count < kWordsMax) {
    const auto* begin = std::find_if(typed.begin(), typed.end(), is_letter);
    const auto* end = std::find_if_not(begin, typed.end(), is_letter);
    if (begin != end) {
      words += " AND - search_owner : \"" + std::string(begin, end) + "\" *";
      ++count;
    }
    typed.remove_prefix(std::size_t(end - typed.begin()));
  }
  if (count == 0) return "";
  return "search_owner : \"" + std::string(owner_word) + "\"" + words;
}

std::map<std::int64_t, std::string> snippets(db::Connection& connection, const std::string& match, const std::vector<std::int64_t>& messages) {
  std::map<std::int64_t, std::string> found;
  if (messages.empty()) return found;
  // The sign keeps the index from being asked once a row: the words' lists are the dear part.
  const auto rows = connection.query(
      "SELECT rowid, snippet(message_search, 1, char(1), char(2), '…', 20) FROM message_search WHERE message_search MATCH $1"
      " AND +rowid IN (SELECT value FROM json_each($2))",
      {match, to_json(json::value_from(messages))});
  for (const auto& row : rows) found.emplace(row.integer(0), cut_around_mark(row.text(1)));
  return found;
}

}  // namespace fragua::conversations
