#include "documents/extractors/layout/page_blocks.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/layout/made_lines.h"
#include "unit/documents_extractors/recording_output.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

namespace {

Texts blocks_of(std::vector<TextLine> lines) {
  Texts texts;
  for (const auto& block : page_blocks({600, 800, std::move(lines)}, 10)) {
    static constexpr const char* kMarks[] = {"h", "p", "l", "t", "c"};
    texts.push_back(kMarks[int(block.kind)] + (block.level > 0 ? std::to_string(block.level) : "") + " " + block.text);
  }
  return texts;
}

}  // namespace

TEST_CASE("page blocks: lines are joined to paragraphs, hyphens too, and a gap begins a new one") {
  CHECK(blocks_of({line_at(0, 0, "El contrato se renue-"), line_at(0, 12, "va cada ano y medio"), line_at(0, 24, "por escrito."), line_at(0, 48, "Otro parrafo distinto")}) ==
        Texts{"p El contrato se renueva cada ano y medio por escrito.", "p Otro parrafo distinto"});
}

TEST_CASE("page blocks: larger lines are headings by how much larger they are") {
  CHECK(blocks_of({line_at(0, 0, "Informe", 20), line_at(0, 40, "Capitulo", 14), line_at(0, 70, "texto normal"), line_at(0, 82, "que sigue")}) ==
        Texts{"h1 Informe", "h2 Capitulo", "p texto normal que sigue"});
}

TEST_CASE("page blocks: numbered lines of the body's size are headings of their depth") {
  CHECK(blocks_of({line_at(0, 0, "2.1 Alcance"), line_at(0, 30, "texto normal de aqui"), line_at(0, 42, "y de alla")}).front() == "h3 2.1 Alcance");
}

TEST_CASE("page blocks: bullets make a list, with the lines that go on") {
  CHECK(blocks_of({line_at(0, 0, "• uno que"), line_at(8, 12, "sigue"), line_at(0, 24, "• dos"), line_at(0, 48, "Fin")}) == Texts{"l - uno que sigue\n- dos", "p Fin"});
}

TEST_CASE("page blocks: text that stands on its end comes last") {
  auto margin = line_at(0, 0, "arXiv");
  margin.words[0].box = margin.box = {5, 100, 15, 300};
  CHECK(blocks_of({margin, line_at(50, 0, "Texto de la pagina")}) == Texts{"p Texto de la pagina", "p arXiv"});
}

TEST_CASE("page blocks: words follow the order of the blocks") {
  const auto blocks = page_blocks({600, 800, {line_at(0, 50, "dos tres"), line_at(0, 0, "uno")}}, 10);
  std::string words;
  for (const auto& block : blocks)
    for (const auto& word : block.words) words += word.text + " ";
  CHECK(words == "uno dos tres ");
}

TEST_CASE("page blocks: a hyphen is joined only inside a word") {
  std::string text;
  for (const auto* line : {"ante-", "rior y 1990-", "2000 y Garcia-", "Lorca"}) join_lines(text, line);
  CHECK(text == "anterior y 1990- 2000 y Garcia- Lorca");
  text = "sua\xC2\xAD";
  join_lines(text, "ve ........ 12");
  CHECK(text == "suave  …  12");
}

TEST_CASE("page blocks: the typical size is the one of most characters") {
  const PageLines page{600, 800, {line_at(0, 0, "Titulo", 30), line_at(0, 40, "texto largo del cuerpo", 10), line_at(0, 60, "mas texto del cuerpo", 10)}};
  CHECK(typical_size({&page}) == doctest::Approx(10));
  CHECK(typical_size({}) == 0);
}
