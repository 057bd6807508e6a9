// Analysis: the words of a text as terms of a text index, and a question as an expression that finds them.
// Callers: documents (the terms go into an FTS5 table with the tokenizer unicode61, which leaves them as they are). Threads: pure.
// A term is a word without its accents, or its stem; exact words weigh twice, as both match. Nothing that is asked can leave its quotes.
#pragma once
#include <string>
#include <string_view>

namespace fragua::search {

constexpr std::size_t kQuestionWordsMax = 64;  // what comes after is left out

// Separated by spaces. "" for a text without letters or digits.
std::string index_terms(std::string_view text);

// Any of the words may match; the best match has most of the rarest ones. Words that say nothing are left out unless there are no
// others. "" if there is nothing to look for.
std::string match_expression(std::string_view question);

}  // namespace fragua::search
