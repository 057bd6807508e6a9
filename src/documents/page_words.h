// The words of a page, packed for the database: for each its length, text, and four 16-bit fractions of the page.
// Callers: document_repository. Threads: pure. Reading stops at what is damaged.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "documents/document.h"

namespace fragua::documents {

std::string pack_words(const std::vector<Word>& words);
std::vector<Word> unpack_words(std::string_view bytes);

}  // namespace fragua::documents
