#include "models/registry/challenge.h"

#include <algorithm>
#include <cctype>

#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr std::size_t kHeaderMaxBytes = 8192;
constexpr std::size_t kChallengesMax = 8;

bool is_token(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

// Walks over a header, one piece at a time.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  bool at_end() const { return rest_.empty(); }

  void skip(std::string_view characters) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(characters), rest_.size()));
  }
  std::string token() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_token);
    return take(std::size_t(end - rest_.begin()));
  }
  bool take_if(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // After the equals sign: a quoted string, or whatever reaches to the comma (some registries do not quote a scope).
  std::string value() {
    if (!take_if('"')) return take(std::min(rest_.find_first_of(", \t"), rest_.size()));
    std::string text;
    while (!rest_.empty() && rest_.front() != '"') {
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      text += rest_.front();
      rest_.remove_prefix(1);
    }
    take_if('"');
    return text;
  }
  // Whatever stands in the way of progress.
  void drop_one() { rest_.remove_prefix(std::min<std::size_t>(1, rest_.size())); }

 private:
  std::string take(std::size_t count) {
    std::string text(rest_.substr(0, count));
    rest_.remove_prefix(count);
    return text;
  }
  std::string_view rest_;
};

}  // namespace

std::vector<Challenge> parse_challenges(std::string_view header) {
  std::vector<Challenge> challenges;
  Cursor cursor(header.substr(0, kHeaderMaxBytes));
  while (true) {
    cursor.skip(" \t,");
    if (cursor.at_end()) return challenges;
    const auto word = lowercase(cursor.token());
    cursor.skip(" \t");
    if (word.empty()) {
      cursor.drop_one();
    } else if (cursor.take_if('=')) {
      cursor.skip(" \t");
      auto value = cursor.value();
      if (!challenges.empty()) challenges.back().parameters.emplace(word, std::move(value));
    } else if (challenges.size() < kChallengesMax) {
      challenges.push_back({word, {}});
    } else {
      return challenges;
    }
  }
}

}  // namespace fragua::models
