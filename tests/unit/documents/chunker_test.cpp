#include "documents/chunker.h"

#include <doctest/doctest.h>

using namespace fragua::documents;

namespace {

using Kind = Block::Kind;

std::vector<Chunk> chunks_of(const std::vector<Block>& blocks, ChunkSizes sizes = {100, 30}) {
  Chunker chunker(sizes);
  std::vector<Chunk> chunks;
  for (const auto& block : blocks) {
    chunker.take(block);
    for (auto& chunk : chunker.take_ready()) chunks.push_back(std::move(chunk));
  }
  for (auto& chunk : chunker.finish()) chunks.push_back(std::move(chunk));
  return chunks;
}

Block paragraph(std::string text, std::int64_t page = 1) { return {Kind::paragraph, 0, page, std::move(text)}; }
Block heading(int level, std::string text, std::int64_t page = 1) { return {Kind::heading, level, page, std::move(text)}; }

}  // namespace

TEST_CASE("chunker: paragraphs that fit stay together, and the next chunk begins with the last sentence of the one before") {
  const auto chunks = chunks_of({paragraph("Uno dos tres cuatro cinco seis siete ocho nueve diez once doce."), paragraph("El final va aquí."),
                                 paragraph("Otra cosa que ya no cabe en el primer trozo de todos.", 2)});
  REQUIRE(chunks.size() == 2);
  CHECK(chunks[0].content == "Uno dos tres cuatro cinco seis siete ocho nueve diez once doce.\n\nEl final va aquí.");
  CHECK(chunks[1].content == "El final va aquí. \n\nOtra cosa que ya no cabe en el primer trozo de todos.");
  CHECK(chunks[0].page == 1);
  CHECK(chunks[1].page == 1);       // the overlap stands there
  CHECK(chunks[1].page_end == 2);
  CHECK(chunks[1].position == 1);
}

TEST_CASE("chunker: a chunk knows the headings above it, and a new section does not repeat the old one") {
  const auto chunks = chunks_of({heading(1, "Manual"), heading(2, "Instalar"), paragraph("Conecte el cable y encienda el equipo, por favor."),
                                 heading(2, "Usar"), paragraph("Pulse el botón verde que está a la derecha.")});
  REQUIRE(chunks.size() == 2);
  CHECK(chunks[0].heading == "Manual");
  CHECK(chunks[1].heading == "Manual › Usar");
  CHECK(chunks[1].content == "Usar\n\nPulse el botón verde que está a la derecha.");
}

TEST_CASE("chunker: a sheet or a slide shares no chunk, no overlap and no heading with the one before") {
  Chunker chunker({100, 30});
  chunker.begin_apart();
  chunker.take(heading(1, "Precios"));
  chunker.take(paragraph("Una fila. Otra fila."));
  chunker.begin_apart();
  chunker.take(paragraph("La consigna cuesta tres euros.", 2));
  const auto chunks = chunker.finish();
  REQUIRE(chunks.size() == 2);
  CHECK(chunks[0].page_end == 1);
  CHECK(chunks[1].content == "La consigna cuesta tres euros.");
  CHECK(chunks[1].heading == "");
  CHECK(chunks[1].page == 2);
  CHECK(chunks[1].position == 2);  // no neighbour of the first
}

TEST_CASE("chunker: a long paragraph is cut between sentences, and a sentence without end between words") {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "Esta es la frase número " + std::to_string(i) + " del texto. ";
  for (const auto& chunk : chunks_of({paragraph(text)})) {
    CHECK(chunk.content.size() <= 140);
    CHECK(chunk.content.ends_with("texto."));
  }
  std::string endless;
  for (int i = 0; i < 100; ++i) endless += "palabra" + std::to_string(i) + " ";
  const auto pieces = chunks_of({paragraph(endless)});
  CHECK(pieces.size() > 5);
  for (const auto& piece : pieces) CHECK(piece.content.find("palabr ") == std::string::npos);
}

TEST_CASE("chunker: sizes are characters, not bytes") {
  std::string text;
  for (int i = 0; i < 90; ++i) text += "ñ";
  CHECK(chunks_of({paragraph(text)}).size() == 1);
}

TEST_CASE("chunker: a table stays whole if it can; else every piece repeats the header") {
  std::string table = "| a | b |\n|---|---|";
  for (int i = 0; i < 6; ++i) table += "\n| fila " + std::to_string(i) + " | valor |";
  const auto whole = chunks_of({paragraph("Antes de la tabla."), {Kind::table, 0, 1, table}, paragraph("Después.")});
  REQUIRE(whole.size() == 3);
  CHECK(whole[1].content == table);
  for (int i = 0; i < 40; ++i) table += "\n| otra fila " + std::to_string(i) + " | valor |";
  const auto pieces = chunks_of({{Kind::table, 0, 1, table}});
  CHECK(pieces.size() > 5);
  for (const auto& piece : pieces) CHECK(piece.content.starts_with("| a | b |\n|---|---|\n| "));
}

TEST_CASE("chunker: nothing comes of nothing") {
  CHECK(chunks_of({}).empty());
  CHECK(chunks_of({paragraph("  \n ")}).empty());
}

TEST_CASE("chunker: what is indexed of a chunk begins with its title and headings") {
  Chunk chunk;
  chunk.heading = "Manual › Usar";
  chunk.content = "Pulse.";
  CHECK(indexed_text("Impresora", chunk) == "Impresora\nManual › Usar\nPulse.");
  chunk.heading = "";
  CHECK(indexed_text("", chunk) == "Pulse.");
}

TEST_CASE("chunker: sentences end at full stops, but not at initials") {
  const auto sentences = sentences_of("El Sr. J. Pérez vino. ¿Cuándo? A las 3.5 horas.\nFin");
  REQUIRE(sentences.size() >= 3);
  CHECK(sentences.back() == "Fin");
  std::string together;
  for (const auto sentence : sentences) together += sentence;
  CHECK(together == "El Sr. J. Pérez vino. ¿Cuándo? A las 3.5 horas.\nFin");
}
