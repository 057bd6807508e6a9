// QuestionReading: what the rules make of a question, without asking anybody: values, days, prices, order, and what is left. Callers: questions.
// Threads: pure. finish() makes a filter of it once it is known which of the words that are left stand in the catalogue's texts.
#pragma once
#include "catalogue/days.h"
#include "catalogue/question/dates.h"
#include "catalogue/question/facet_matcher.h"
#include "catalogue/question/prices.h"
#include "catalogue/understanding.h"

namespace fragua::catalogue {

struct QuestionReading {
  Question question;
  std::vector<Mention> mentions;
  AskedDays days;
  AskedPrice price;
  std::optional<AskedOrder> order;
  std::vector<Span> leftovers;
  std::string language;
};

QuestionReading read_question(const FacetIndex& index, std::string_view question, Day today);

// The single words that are left.
std::vector<std::string> words_left(const QuestionReading& reading);
// Those that were taken for mistyped values: what the texts have of them is not mistyped.
std::vector<std::string> words_mistyped(const QuestionReading& reading);

// `known`: those of them that titles and texts have. Words side by side are looked for only if all of them are known; a part of a value beside
// a word that nobody knows is no value ("Black Sabbath" is not black metal).
Understanding finish(const FacetIndex& index, QuestionReading reading, const std::vector<std::string>& known, Day today);

}  // namespace fragua::catalogue
