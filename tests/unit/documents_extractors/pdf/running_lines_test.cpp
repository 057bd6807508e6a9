#include "documents/extractors/pdf/running_lines.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/layout/made_lines.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

namespace {

std::string kept(const std::vector<PageLines>& pages, std::size_t index) {
  std::vector<const PageLines*> pointers;
  for (const auto& page : pages) pointers.push_back(&page);
  std::string out;
  for (const auto& line : without_running_lines(pointers, index).lines) out += line_text(line) + "|";
  return out;
}

PageLines page_of(const std::string& header, const std::string& body, const std::string& footer) {
  return {600, 800, {line_at(50, 30, header), line_at(50, 300, body), line_at(300, 770, footer)}};
}

}  // namespace

TEST_CASE("running lines: headers and page numbers go, whatever the number is") {
  std::vector<PageLines> pages;
  for (int i = 8; i < 13; ++i) pages.push_back(page_of("Manual de uso", "texto " + std::string(std::size_t(i), 'x'), "Pagina " + std::to_string(i)));
  CHECK(kept(pages, 2) == "texto xxxxxxxxxx|");
}

TEST_CASE("running lines: headers that alternate between left and right pages go") {
  std::vector<PageLines> pages;
  for (int i = 1; i < 7; ++i) pages.push_back(page_of(i % 2 ? "Autor" : "Titulo", "cuerpo", std::to_string(i)));
  CHECK(kept(pages, 3) == "cuerpo|");
}

TEST_CASE("running lines: what stands on one page only is kept, and so is a single page") {
  std::vector<PageLines> pages;
  for (const auto* header : {"Uno", "Dos", "Tres"}) pages.push_back(page_of(header, "cuerpo", "fin de " + std::string(header)));
  CHECK(kept(pages, 1) == "Dos|cuerpo|fin de Dos|");
  CHECK(kept({pages[0]}, 0) == "Uno|cuerpo|fin de Uno|");
}

TEST_CASE("running lines: a row of numbers at the edge is data") {
  std::vector<PageLines> pages;
  for (int i = 1; i < 5; ++i) pages.push_back({600, 800, {line_at(50, 30, "12,5"), line_at(200, 30, std::to_string(i)), line_at(50, 300, "cuerpo")}});
  CHECK(kept(pages, 1) == "12,5|2|cuerpo|");
}

TEST_CASE("running lines: a page that has nothing else keeps them") {
  std::vector<PageLines> pages(4, {600, 800, {line_at(50, 30, "El mismo texto")}});
  CHECK(kept(pages, 1) == "El mismo texto|");
}
