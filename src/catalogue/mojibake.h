// Mojibake: UTF-8 that somebody read as Windows-1252 or Latin-1, once or more often: "EspaÃ±a", "EspaÃƒÂ±a". Callers: text_repair.
// Threads: any; pure. A word is mended only where it is certain: all of its characters beyond ASCII read back as UTF-8.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fragua::catalogue {

// A damaged word, and what it became; "": it could not be said with certainty.
struct Mend {
  std::string before;
  std::string after;
};

// The text with its words mended; adds a Mend for each that is damaged.
std::string without_mojibake(std::string_view text, std::vector<Mend>& mends);

}  // namespace fragua::catalogue
