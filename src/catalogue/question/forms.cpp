#include "catalogue/question/forms.h"

#include <algorithm>
#include <array>
#include <vector>

namespace fragua::catalogue {

namespace {

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }
bool is_soft(char c) { return c == 'e' || c == 'i'; }

constexpr std::size_t kWordMax = 48;    // longer ones are never mistyped names
constexpr std::size_t kGenderMin = 6;   // "roma" is no form of "romo"

// The sound of the letter at `at`; "" for one that is not heard.
std::string_view letter_sound(std::string_view word, std::size_t at) {
  const char c = word[at];
  const char next = at + 1 < word.size() ? word[at + 1] : '\0';
  switch (c) {
    case 'h': return "";
    case 'v': return "b";
    case 'z': return "s";
    case 'x': return "s";
    case 'k': return "k";
    case 'w': return "u";
    case 'q': return "k";
    case 'c': return is_soft(next) ? "s" : "k";
    case 'g': return is_soft(next) ? "j" : "g";
    case 'l': return next == 'l' ? "i" : "l";
    case 'y': return "i";
    case 'u': return at > 0 && (word[at - 1] == 'q' || (word[at - 1] == 'g' && is_soft(next))) ? "" : "u";
    default: return word.substr(at, 1);
  }
}

}  // namespace

std::string base_form(std::string_view word) {
  if (word.size() >= 5 && word.ends_with("es") && !is_vowel(word[word.size() - 3])) {
    word.remove_suffix(2);
  } else if (word.size() >= 4 && word.ends_with('s') && !word.ends_with("ss")) {
    word.remove_suffix(1);
  }
  if (word.size() >= kGenderMin && (word.ends_with('o') || word.ends_with('a') || word.ends_with('e'))) word.remove_suffix(1);
  return std::string(word);
}

std::string sound_of(std::string_view word) {
  std::string sound;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const auto letter = letter_sound(word, at);
    if (word[at] == 'l' && letter == "i") ++at;
    if (!letter.empty() && (sound.empty() || sound.back() != letter.front())) sound += letter;
  }
  return sound;
}

std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > kWordMax || b.size() > kWordMax) return limit + 1;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
  using Line = std::array<std::size_t, kWordMax + 1>;
  Line older{}, old{}, line{};
  for (std::size_t j = 0; j <= b.size(); ++j) old[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    line[0] = i;
    auto least = line[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      line[j] = std::min({old[j] + 1, line[j - 1] + 1, old[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) line[j] = std::min(line[j], older[j - 2] + 1);
      least = std::min(least, line[j]);
    }
    if (least > limit) return limit + 1;
    older = old;
    old = line;
  }
  return std::min(old[b.size()], limit + 1);
}

std::size_t slips(std::string_view typed, std::string_view known) {
  if (typed == known) return 0;
  if (typed.size() < 4 || known.size() < 4) return kNotMeant;
  if (typed.size() >= 5 && known.size() >= 5 && sound_of(typed) == sound_of(known)) return 1;
  const std::size_t limit = typed.size() >= 8 ? 2 : 1;
  const auto far = distance(typed, known, limit);
  if (far > limit) return kNotMeant;
  // In a short word another letter makes another word ("parma" is not "palma"); letters swapped, lost or doubled do not.
  if (typed.size() == 4 && typed.size() != known.size()) return kNotMeant;
  if (typed.size() <= 5 && typed.size() == known.size() && !std::is_permutation(typed.begin(), typed.end(), known.begin())) return kNotMeant;
  return far;
}

std::size_t slips_in_company(std::string_view typed, std::string_view known) {
  const auto alone = slips(typed, known);
  if (alone != kNotMeant || typed.size() < 3 || known.size() < 4 || distance(typed, known, 1) > 1) return alone;
  return typed.size() != known.size() || std::is_permutation(typed.begin(), typed.end(), known.begin()) ? 1 : kNotMeant;
}

}  // namespace fragua::catalogue
