// Whether a word is one of a list, for the lists of words by which questions are read: contains() of a named list, is_one_of() of one written in
// place. Callers: question/. Threads: any; pure. Words are compared as they stand: lower case, without accents.
#pragma once
#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string_view>

namespace fragua::catalogue {

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::any_of(std::begin(list), std::end(list), [&](std::string_view known) { return known == word; });
}

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) { return std::find(list.begin(), list.end(), word) != list.end(); }

}  // namespace fragua::catalogue
