#include "documents/meaning_citations.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::documents;
using namespace fragua::documents::tests;

namespace {

// Texts about doors point one way, all others another.
class DoorEmbedder final : public Embedder {
 public:
  Task<std::vector<std::vector<float>>> embed(std::string, TextRole, std::vector<std::string> texts) override {
    ++calls;
    std::vector<std::vector<float>> vectors;
    for (const auto& text : texts) {
      const bool is_door = text.find("door") != std::string::npos || text.find("puerta") != std::string::npos;
      vectors.push_back(is_door ? std::vector<float>{1, 0} : std::vector<float>{0, 1});
    }
    co_return vectors;
  }
  int calls = 0;
};

Passage passage(std::string content, std::string language) {
  Passage made;
  made.chunk.content = std::move(content);
  made.document.language = std::move(language);
  return made;
}

}  // namespace

TEST_CASE("meaning citations: a sentence finds its passage in another language, and numbers must stand in it") {
  DocumentsBench bench;
  DoorEmbedder embedder;
  const std::vector<Passage> passages{passage("The bar closes at midnight, as always.", "en"), passage("All the doors open at 19:30 sharp.", "en")};
  MeaningCitations meanings(embedder, passages, "es", "model");
  const auto citation = bench.run(meanings.cite("Las puertas abren a las 19:30."));
  REQUIRE(citation.has_value());
  CHECK(citation->passage == 1);
  CHECK(citation->quote == "All the doors open at 19:30 sharp.");
  CHECK_FALSE(bench.run(meanings.cite("Las puertas abren a las 20:45.")).has_value());
  CHECK(embedder.calls == 3);       // the passages once
}

TEST_CASE("meaning citations: passages of the answer's own language are left to words") {
  DocumentsBench bench;
  DoorEmbedder embedder;
  const std::vector<Passage> passages{passage("Todas las puertas abren a las siete.", "es")};
  MeaningCitations meanings(embedder, passages, "es", "model");
  CHECK_FALSE(bench.run(meanings.cite("Las puertas son verdes.")).has_value());
  CHECK(embedder.calls == 0);
}
