#include "catalogue/text_repair.h"

#include <algorithm>

namespace fragua::catalogue {

namespace {

// Bytes of characters beyond ASCII count as letters.
bool belongs_to_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t length) {
  const bool before = at > 0 && belongs_to_word(text[at - 1]);
  const bool after = at + length < text.size() && belongs_to_word(text[at + length]);
  return !before && !after;
}

}  // namespace

std::string_view name_of(DamageKind kind) {
  switch (kind) {
    case DamageKind::given: return "given";
    case DamageKind::mojibake: return "mojibake";
    case DamageKind::lost_characters: return "lost characters";
  }
  return "";
}

void TextRepair::learn(std::string_view text) {
  std::vector<Mend> mends;
  lost_.learn(without_mojibake(with_given(std::string(text), mends), mends));
}

std::string TextRepair::with_given(std::string text, std::vector<Mend>& mends) const {
  for (const auto& [before, after] : given_) {
    if (before.empty()) continue;
    for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
      const bool alone = stands_alone(text, at, before.size());
      if (alone) {
        text.replace(at, before.size(), after);
        mends.push_back({before, after});
      }
      at += alone ? after.size() : before.size();
    }
  }
  return text;
}

std::string TextRepair::mended(std::string_view field, std::string_view text) {
  std::vector<Mend> given, mojibake, lost;
  auto result = with_given(std::string(text), given);
  result = without_mojibake(result, mojibake);
  result = lost_.mended(result, lost);
  count(field, DamageKind::given, given);
  count(field, DamageKind::mojibake, mojibake);
  count(field, DamageKind::lost_characters, lost);
  return result;
}

void TextRepair::count(std::string_view field, DamageKind kind, const std::vector<Mend>& mends) {
  if (mends.empty()) return;
  auto& damage = damages_[{std::string(field), kind}];
  damage.field = field;
  damage.kind = kind;
  for (const auto& mend : mends) {
    ++(mend.after.empty() ? damage.left : damage.repaired);
    const auto same = [&](const Mend& other) { return other.before == mend.before; };
    const bool shown = std::any_of(damage.examples.begin(), damage.examples.end(), same);
    if (!shown && damage.examples.size() < Damage::kExamplesMax) damage.examples.push_back(mend);
  }
}

std::vector<Damage> TextRepair::report() const {
  std::vector<Damage> report;
  for (const auto& [key, damage] : damages_) report.push_back(damage);
  return report;
}

}  // namespace fragua::catalogue
