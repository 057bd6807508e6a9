// Language: Spanish, English or neither, guessed by the small words that every sentence has.
// Callers: analysis. Threads: pure.
// What it cannot tell (a title, a list of names) is unknown, and the caller then reckons with both.
#pragma once
#include <string_view>
#include <vector>

#include "search/words.h"

namespace fragua::search {

enum class Language { unknown, spanish, english };

Language language_of(const std::vector<Word>& words);

// A word that says nothing about what is asked: articles, prepositions, pronouns, forms of "ser" and "be", question words.
// Of an unknown language: one that is such a word in either.
bool is_stop_word(std::string_view part, Language language);

}  // namespace fragua::search
