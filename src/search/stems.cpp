#include "search/stems.h"

#include <libstemmer.h>

#include "base/error.h"

namespace fragua::search {

void Stemmer::Close::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer(Language language) : stemmer_(sb_stemmer_new(language == Language::english ? "english" : "spanish", "UTF_8")) {
  CHECK_THAT(stemmer_ && language != Language::unknown);
}

std::string Stemmer::stem(std::string_view part) {
  const auto* letters = reinterpret_cast<const sb_symbol*>(part.data());
  const auto* result = sb_stemmer_stem(stemmer_.get(), letters, int(part.size()));
  if (!result) throw Error(ErrorCode::internal, "the stemmer ran out of memory");
  return {reinterpret_cast<const char*>(result), std::size_t(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace fragua::search
