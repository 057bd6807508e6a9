// Citations: which passage bears a sentence of an answer, and the words of it that do. A quote is always the passage's own text.
// Callers: asking. Threads: pure. The measure is the share of the sentence's words (cut stems, small words left out) that two neighbouring
// sentences of a passage have; a number that stands in no passage bears nothing.
#pragma once
#include "documents/retrieval.h"

namespace fragua::documents {

struct Citation {
  std::size_t passage = 0;                // index
  std::string quote;
  double support = 0;                     // 0 to 1
};

// The best one, if its support is enough.
std::optional<Citation> cite(std::string_view sentence, const std::vector<Passage>& passages);

// A passage's words as a quote: trimmed, of bounded length.
std::string quote_of(std::string_view text);

// Every number of the sentence stands in the text.
bool has_numbers_of(std::string_view sentence, std::string_view text);

// Without markers like [1] or (2) that a model wrote itself.
std::string without_markers(std::string_view text);

// Where a quote stands on a page: one box for each line of it. Nothing if the page does not have these words in this order.
std::vector<Box> boxes_of(std::string_view quote, const std::vector<Word>& words);

}  // namespace fragua::documents
