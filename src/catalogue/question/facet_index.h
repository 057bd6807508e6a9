// FacetIndex: every way to say a value of a catalogue's facets, looked up by words. Callers: catalogue/question. Threads: any; it never changes.
// Words that are part of several values ("metal", "rock") say none of them: they name a value that is called so, or the family of those that
// end in them.
#pragma once
#include <unordered_map>

#include "catalogue/catalogue.h"
#include "catalogue/question/question.h"

namespace fragua::catalogue {

constexpr std::size_t kValueWordsMax = 8;

enum class Level {
  whole,    // the value itself
  name,     // what else it is called
  part,     // words of this value alone: "thrash"
  family,   // the last word of many: "metal"
};

struct Meaning {
  std::size_t facet = 0;
  std::vector<std::size_t> values;   // of the facet; more than one for a family, or for a name that several have
  Level level = Level::whole;
};

class FacetIndex {
 public:
  explicit FacetIndex(const Catalogue& catalogue);

  // Folded words with spaces between, as they are; then in any number or gender.
  const Meaning* find(const std::string& words) const;
  const Meaning* find_form(const std::string& words) const;
  std::size_t longest() const { return longest_; }   // in words
  // Values and names as they are said, in the order of the catalogue.
  struct Phrase {
    std::size_t facet = 0, value = 0;
    std::string words;   // folded
    bool is_name = false;
  };
  const std::vector<Phrase>& phrases() const { return phrases_; }
  // All words of values and names.
  const std::vector<std::string>& vocabulary() const { return vocabulary_; }
  const Catalogue& catalogue() const { return catalogue_; }
  const std::string& value(const Meaning& meaning, std::size_t which = 0) const {
    return catalogue_.facets[meaning.facet].values[meaning.values[which]].value;
  }

 private:
  struct Candidate {
    std::size_t facet, value;
    Level level;
    bool is_last;   // the words end the value
  };
  using Candidates = std::unordered_map<std::string, std::vector<Candidate>>;
  using Meanings = std::unordered_map<std::string, Meaning>;

  void add_phrase(Candidates& all, const std::vector<Token>& phrase, Candidate as, bool with_parts);
  void resolve(const Candidates& all);
  std::optional<Meaning> meaning_of(const std::vector<Candidate>& candidates) const;
  std::optional<Meaning> shared_part(const std::vector<Candidate>& candidates) const;

  Catalogue catalogue_;
  Meanings meanings_, forms_;
  std::vector<Phrase> phrases_;
  std::vector<std::string> vocabulary_;
  std::size_t longest_ = 1;
};

// Of a key's words, each in its base form.
std::string base_form_of_words(const std::string& words);

}  // namespace fragua::catalogue
