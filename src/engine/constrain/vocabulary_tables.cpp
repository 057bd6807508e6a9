#include "engine/constrain/vocabulary_tables.h"

#include <algorithm>

#include "engine/constrain/json_cursor.h"

namespace fragua::engine {

VocabularyTables::VocabularyTables(std::vector<std::string> pieces, int size)
    : size_(size), pieces_(std::move(pieces)), single_bytes_(size), not_reentering_(size) {
  single_bytes_.allow_none();
  at_most_.assign(kShort + 1, TokenMask(size_));
  sort_tokens();
  for (const auto& [token, shared] : sorted_) {
    if (piece(token).size() == 1) single_bytes_.allow(token);
    add_in_string(token);
    add_outside(token);
  }
  std::sort(long_tokens_.rbegin(), long_tokens_.rend());
  std::sort(closing_tokens_.begin(), closing_tokens_.end());
}

void VocabularyTables::sort_tokens() {
  for (std::size_t token = 0; token < pieces_.size(); ++token)
    if (!pieces_[token].empty()) sorted_.push_back({Token(token), 0});
  std::sort(sorted_.begin(), sorted_.end(),
            [this](const Sorted& a, const Sorted& b) { return piece(a.token) < piece(b.token); });
  for (std::size_t i = 1; i < sorted_.size(); ++i) {
    const std::string &before = piece(sorted_[i - 1].token), &here = piece(sorted_[i].token);
    const auto [end, _] = std::mismatch(before.begin(), before.end(), here.begin(), here.end());
    sorted_[i].shared = std::uint32_t(end - before.begin());
  }
}

void VocabularyTables::add_in_string(Token token) {
  JsonCursor cursor{.in_string = true};
  const std::string& text = piece(token);
  std::size_t at = 0;
  while (at < text.size() && cursor.in_string) cursor.read(text[at++]);
  const std::uint32_t characters = cursor.characters;
  for (std::uint32_t length = 0; length < std::min(characters, kShort + 1); ++length) at_most_[length].forbid(token);
  if (characters > kShort) long_tokens_.emplace_back(characters, token);
  if (cursor.in_string) return;
  closing_tokens_.emplace_back(cursor.fewest_characters(), token);
  const std::size_t quote = text.find('"', at);
  if (quote != std::string::npos && quote + 1 < text.size()) not_reentering_.forbid(token);
}

void VocabularyTables::add_outside(Token token) {
  const std::string& text = piece(token);
  const std::size_t quote = text.find('"');
  if (quote == std::string::npos || quote + 1 == text.size()) return;
  const std::string prefix = text.substr(0, quote + 1);
  const auto [found, is_new] = entering_index_.try_emplace(prefix, entering_.size());
  if (is_new) entering_.push_back({prefix, {}});
  entering_[found->second].tokens.push_back(token);
}

void VocabularyTables::mask_with(TokenMask& mask, const TokenMask& other) {
  const auto words = mask.words();
  const auto others = other.words();
  for (std::size_t i = 0; i < std::min(words.size(), others.size()); ++i) words[i] &= others[i];
}

void VocabularyTables::keep_length(TokenMask& mask, std::uint32_t least, std::uint32_t most) const {
  if (most <= kShort) {
    mask_with(mask, at_most_[most]);
  } else {
    for (const auto& [characters, token] : long_tokens_) {
      if (characters <= most) break;
      mask.forbid(token);
    }
  }
  for (const auto& [characters, token] : closing_tokens_) {
    if (characters >= least) break;
    mask.forbid(token);
  }
}

}  // namespace fragua::engine
