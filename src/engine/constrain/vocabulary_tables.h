// VocabularyTables: what the rules about strings need to know of a vocabulary, computed once: the tokens in the order
// of their bytes, and what each one does to a JSON string that is being written. Callers: string_rules, grammar.
// Threads: any; immutable.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/constrain/automaton.h"
#include "engine/sample/token_mask.h"
#include "engine/token.h"

namespace fragua::engine {

class VocabularyTables {
 public:
  // `pieces` of tokens that are never part of an answer are empty.
  VocabularyTables(std::vector<std::string> pieces, int size);

  int size() const { return size_; }
  const std::string& piece(Token token) const { return pieces_[std::size_t(token)]; }
  std::size_t piece_count() const { return pieces_.size(); }

  // Tokens by their bytes, and how many bytes each shares with the one before.
  struct Sorted {
    Token token;
    std::uint32_t shared;
  };
  const std::vector<Sorted>& sorted() const { return sorted_; }

  // Inside a string, not within an escape, of which `most` more characters may come and `least` must.
  void keep_length(TokenMask& mask, std::uint32_t least, std::uint32_t most) const;
  // Tokens of more than one byte go: what they do depends on what came before them.
  void keep_single_bytes(TokenMask& mask) const { mask_with(mask, single_bytes_); }
  // Tokens go that end one string and write into another one: they would have to obey both.
  void drop_reentering(TokenMask& mask) const { mask_with(mask, not_reentering_); }

  // Outside of a string: tokens that begin one and write into it, by what comes before its text (`{"`).
  struct Entering {
    std::string prefix;  // with the quote
    std::vector<Token> tokens;
  };
  const std::vector<Entering>& entering() const { return entering_; }

 private:
  static constexpr std::uint32_t kShort = 16;  // remaining lengths for which a whole mask is kept
  static void mask_with(TokenMask& mask, const TokenMask& other);
  void add_in_string(Token token);
  void add_outside(Token token);
  void sort_tokens();

  int size_;
  std::vector<std::string> pieces_;
  std::vector<Sorted> sorted_;
  TokenMask single_bytes_;
  TokenMask not_reentering_;
  std::vector<TokenMask> at_most_;                               // by characters, up to kShort
  std::vector<std::pair<std::uint32_t, Token>> long_tokens_;     // characters over kShort, the longest first
  std::vector<std::pair<std::uint32_t, Token>> closing_tokens_;  // characters before the quote, the fewest first
  std::vector<Entering> entering_;
  std::unordered_map<std::string, std::size_t> entering_index_;  // by prefix
};

}  // namespace fragua::engine
