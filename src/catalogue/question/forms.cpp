#include "catalogue/question/forms.h"

#include <algorithm>
#include <array>
#include <vector>

namespace fragua::catalogue {

namespace {

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }
bool is_soft(char c) { return c == 'e' || c == 'i'; }

constexpr std::size_t kWordMax = 48;    // longer ones are never mistyped names
constexpr std::size_t kSlipsMax = 2;
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
    case 'c': return next == 'h' ? "x" : is_soft(next) ? "s" : "k";
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

bool begins_alike(std::string_view a, std::string_view b) {
  if (!a.empty() && !b.empty() && a[0] == b[0]) return true;
  const auto first = sound_of(a.substr(0, 2)), second = sound_of(b.substr(0, 2));
  return !first.empty() && !second.empty() && first[0] == second[0];
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

// People rarely miss the first letter: what begins otherwise is another word ("palencia", "colonia"), unless two letters changed places or the
// first was lost.
bool may_begin_alike(std::string_view typed, std::string_view known) {
  if (begins_alike(typed, known) || typed == known.substr(1)) return true;
  return typed[0] == known[1] && typed[1] == known[0];
}

// In a short word another letter makes another word ("parma" is not "palma"); letters swapped, lost or doubled do not.
Slip slip_between(std::string_view typed, std::string_view known) {
  if (typed == known) return {0, Likeness::sure};
  if (typed.size() < 3 || known.size() < 4 || std::max(typed.size(), known.size()) - std::min(typed.size(), known.size()) > kSlipsMax) return {};
  const bool is_short = typed.size() <= 5;
  if (sound_of(typed) == sound_of(known)) return {1, typed.size() >= 4 ? Likeness::sure : Likeness::company};
  const std::size_t limit = typed.size() >= 8 ? kSlipsMax : 1;
  const auto count = distance(typed, known, limit);
  if (count > limit || !may_begin_alike(typed, known)) return {};
  if (!is_short) return {count, Likeness::sure};
  const bool is_swap = std::is_permutation(typed.begin(), typed.end(), known.begin(), known.end());
  if (is_swap && typed.size() >= 4) return {count, Likeness::sure};
  if (is_swap || typed.size() != known.size()) return {count, typed.size() == 5 ? Likeness::sure : Likeness::company};
  return {count, known.size() == 5 ? Likeness::company : Likeness::proof};
}

std::size_t slips(std::string_view typed, std::string_view known) {
  const auto slip = slip_between(typed, known);
  return slip.likeness == Likeness::sure ? slip.count : kNotMeant;
}

}  // namespace fragua::catalogue
