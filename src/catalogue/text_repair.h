// TextRepair: damaged texts of an import. First what the mapping says, then mojibake, then characters that were lost; each is mended only
// where it is certain, and every damage is counted by field and kind, with examples. Callers: catalogue/importer. Threads: one.
// Learn all texts first, then mend them: the whole words of the data say what the damaged ones were. Never guesses.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/lost_characters.h"

namespace fragua::catalogue {

enum class DamageKind { given, mojibake, lost_characters };
std::string_view name_of(DamageKind kind);  // "given", "mojibake", "lost characters"

struct Damage {
  static constexpr std::size_t kExamplesMax = 5;

  std::string field;
  DamageKind kind = DamageKind::given;
  std::int64_t repaired = 0;                // words
  std::int64_t left = 0;
  std::vector<Mend> examples;               // different ones; `after` is "" where it was left
};

class TextRepair {
 public:
  // What the mapping says: "M??laga" -> "Málaga". Whole words only.
  explicit TextRepair(std::map<std::string, std::string> given = {}) : given_(std::move(given)) {}

  void learn(std::string_view text);
  std::string mended(std::string_view field, std::string_view text);
  // By field, in the order of their names.
  std::vector<Damage> report() const;

 private:
  std::string with_given(std::string text, std::vector<Mend>& mends) const;
  void count(std::string_view field, DamageKind kind, const std::vector<Mend>& mends);

  std::map<std::string, std::string> given_;
  LostCharacters lost_;
  std::map<std::pair<std::string, DamageKind>, Damage> damages_;
};

}  // namespace fragua::catalogue
