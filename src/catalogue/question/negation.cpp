#include "catalogue/question/negation.h"

#include <algorithm>
#include <array>

#include "catalogue/question/small_words.h"
#include "catalogue/question/word_lists.h"

namespace fragua::catalogue {

namespace {

constexpr std::array kNo = {"no",     "sin",     "excepto", "menos", "salvo",  "ni",     "tampoco", "quitando", "evitando", "odio",   "not",  "without", "except", "excluding",
                            "dont",   "isnt",    "arent",   "but",   "sense",  "excepte", "menys",  "llevat",   "sem",      "exceto", "nao",  "nem",     "hate",   "nor",
                            "detesto", "never",  "nunca",   "exclude", "excluye", "descarta", "tret", "excluyendo", "t"};
// What may stand between: "no [quiero nada de] punk".
constexpr std::array kBetween = {"de",   "del",  "el",    "la",   "los",   "las",  "en",    "sea",  "sean", "nada", "quiero", "queremos", "gusta",  "gustan", "me",
                                 "nos",  "un",   "una",   "is",   "be",    "are",  "in",    "any",  "from", "the",  "want",   "like",     "of",     "es",     "son",
                                 "siguin", "sigui", "estiguin", "esten", "estan", "este", "ser", "siendo", "being", "toquen", "estejam", "esteja", "vull", "agrada", "agraden", "res", "d",  "da",  "do",   "em",   "seja",   "sejam",    "quero",  "gosto",  "genero",
                                 "musica", "tipo", "conciertos", "concierto", "concerts", "concertos", "eventos", "por", "for", "m", "i", "sigan", "al", "a", "fuera", "s", "lo", "gastar", "gastarme", "pagar", "spend", "pay", "ir", "anar", "go", "to"};
// What may follow a no that stands behind: "este mes no puedo", "punk no, gracias".
constexpr std::array kAfterNo = {"puedo", "podemos", "podre", "estoy", "estamos", "estare", "estaremos", "voy", "vamos", "tengo", "tenemos", "quiero", "queremos", "gracias", "me", "nos", "puc", "podem", "vull", "posso", "quero", "thanks"};
constexpr std::array kJoiners = {"y", "e", "o", "u", "ni", "or", "and", "nor", "i", "ou", "nem", "de", "en", "in", "em", "el", "la", "tampoco"};
constexpr std::size_t kBetweenMax = 6;

// "No Porto" is "in Porto" there. Only names with an article are said so, and they tell the language where no other word does.
constexpr std::array kWithArticle = {"porto", "rio", "funchal", "recife", "algarve", "brasil"};
bool is_in(const Question& question, std::size_t no) { return language_of(question) == "pt" || contains(kWithArticle, question.word(no + 1)); }

// "Tiene menos conciertos" counts, "todo menos conciertos de punk" leaves out.
constexpr std::array kHaving = {"tiene", "tienen", "hay", "con", "teneis", "te", "tenen", "amb", "ha", "tem", "com"};
constexpr std::array kCounted = {"conciertos", "concerts", "concertos", "eventos", "esdeveniments"};
bool is_fewer(const Question& question, std::size_t no) {
  const auto word = question.word(no);
  return (word == "menos" || word == "menys") && no > 0 && contains(kHaving, question.word(no - 1)) && no + 1 < question.size() && contains(kCounted, question.word(no + 1));
}

// Nothing but "y", "ni", a comma between them.
bool goes_on(const Question& question, const Mention& before, const Mention& after) {
  for (auto at = before.span.last; at < after.span.first; ++at)
    if (!contains(kJoiners, question.word(at))) return false;
  return before.meaning.facet == after.meaning.facet;
}

}  // namespace

bool is_negated(const Question& question, std::size_t at) {
  if (at >= question.size() || question[at].follows_break) return false;
  for (std::size_t back = 1; back <= std::min(at, kBetweenMax); ++back) {
    if (!question.is_free(at - back)) return false;   // it belongs to something else: "30 o menos"
    const auto word = question.word(at - back);
    if (contains(kNo, word) && !(word == "no" && is_in(question, at - back)) && !is_fewer(question, at - back)) return true;
    // A sentence ends where a comma or full stop stands.
    if (!contains(kBetween, word) || question[at - back].follows_break) return false;
  }
  return false;
}

bool is_negated_behind(const Question& question, std::size_t last) {
  const auto word = question.word(last);
  const bool is_no = word == "nao" || word == "not" || (word == "no" && !is_in(question, last));
  if (!is_no || question[last].follows_break || last + 1 >= question.size()) return false;
  return question[last + 1].follows_break || contains(kAfterNo, question.word(last + 1));
}

void exclude_negated(const Question& question, std::vector<Mention>& mentions) {
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    auto& mention = mentions[i];
    mention.is_excluded = is_negated(question, mention.span.first) || is_negated_behind(question, mention.span.last) ||
                          (i > 0 && mentions[i - 1].is_excluded && goes_on(question, mentions[i - 1], mention));
  }
}

}  // namespace fragua::catalogue
