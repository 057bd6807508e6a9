// Search: what a person types, as an expression of the text index, and the piece of a message around what was found.
// Callers: repository. Threads: pure, or inside a db::Database transaction.
// The owner's word is a part of every expression, and nothing that is typed can leave its quotes.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"

namespace fragua::conversations {

constexpr std::int64_t kSearchHitsMax = 2000;    // messages looked at for one search, the newest
constexpr std::size_t kSearchMaxBytes = 1000;

// All words must be there, each as the beginning of one. "" when there is nothing to look for.
std::string match_expression(std::string_view owner_word, std::string_view typed);

// Of these messages, by their numbers. Found words stand between \u0001 and \u0002.
std::map<std::int64_t, std::string> snippets(db::Connection& connection, const std::string& match, const std::vector<std::int64_t>& messages);

}  // namespace fragua::conversations
