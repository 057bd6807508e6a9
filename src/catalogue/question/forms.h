// Forms: when two written words are the same one: in another number or gender, spelled as it sounds, or mistyped.
// Callers: facet_index, facet_matcher. Threads: pure. Words are folded: lower case, no accents.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace fragua::catalogue {

// What plural and gender leave: "punks" -> "punk", "sinfonicas" -> "sinfonic".
std::string base_form(std::string_view word);

// As a Spanish ear hears it: "balensia" and "valencia" sound alike, "trash" and "thrash" too.
std::string sound_of(std::string_view word);

// With the same letter or sound.
bool begins_alike(std::string_view a, std::string_view b);

// Insertions, deletions, substitutions and swapped neighbours between two words; more than `limit`: limit + 1.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit);

// What a typed word needs to be taken for a known one: short words must be right, and the longer a word, the more slips it may have.
enum class Likeness {
  none,      // it is another word
  sure,      // nothing
  company,   // a right word beside it: "death metl"
  proof,     // right words beside it that mean the same without it: "indie tock"
};
struct Slip {
  std::size_t count = 0;
  Likeness likeness = Likeness::none;
};
Slip slip_between(std::string_view typed, std::string_view known);

// How many slips there are, where nothing more is needed.
constexpr std::size_t kNotMeant = 99;
std::size_t slips(std::string_view typed, std::string_view known);

}  // namespace fragua::catalogue
