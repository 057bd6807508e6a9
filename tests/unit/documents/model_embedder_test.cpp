#include "documents/model_embedder.h"

#include <doctest/doctest.h>

using namespace fragua::documents;

TEST_CASE("model embedder: each family gets the words that it was trained with") {
  CHECK(prefix_of("multilingual-e5-small", TextRole::passage) == "passage: ");
  CHECK(prefix_of("multilingual-e5-small:latest", TextRole::question) == "query: ");
  CHECK(prefix_of("hf.co/x/Multilingual-E5-large:Q8_0", TextRole::question) == "query: ");
  CHECK(prefix_of("nomic-embed-text", TextRole::passage) == "search_document: ");
  CHECK(prefix_of("mxbai-embed-large", TextRole::passage) == "");
  CHECK(prefix_of("all-minilm", TextRole::question) == "");
}
