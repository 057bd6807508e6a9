#include "documents/extractors/office/xml.h"

#include <doctest/doctest.h>

#include "documents/extractors/extractor.h"

using namespace fragua::documents::extractors;

TEST_CASE("xml: elements and attributes are found whatever their prefix") {
  const XmlDocument document("<w:a xmlns:w='x'><w:b w:val='1' r:id='r7' id='3'/><c/><w:b/></w:a>");
  CHECK(children(document.root(), "b").size() == 2);
  const auto node = child(document.root(), "b");
  CHECK(attribute(node, "val") == "1");
  CHECK(number_attribute(node, "val", 9) == 1);
  CHECK(number_attribute(node, "none", 9) == 9);
  CHECK(relation(node) == "r7");
}

TEST_CASE("xml: entities are not followed, and depth has a bound") {
  const XmlDocument document("<!DOCTYPE a [<!ENTITY x 'jaja'>]><a>&x;</a>");
  CHECK(std::string(document.root().text().get()) == "&x;");
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "<a>";
  for (int i = 0; i < 1000; ++i) deep += "</a>";
  CHECK_THROWS_AS(XmlDocument{deep}, Failure);
  CHECK_THROWS_AS(XmlDocument{"<a>"}, Failure);
  CHECK_THROWS_AS(XmlDocument{""}, Failure);
}

TEST_CASE("xml: references stay inside the archive") {
  CHECK(resolved("word/document.xml", "media/a.png") == "word/media/a.png");
  CHECK(resolved("ppt/slides/s1.xml", "../notes/n1.xml") == "ppt/notes/n1.xml");
  CHECK(resolved("word/document.xml", "/xl/a.xml") == "xl/a.xml");
  CHECK(resolved("word/document.xml", "../../../../etc/passwd") == "etc/passwd");
  CHECK(relationships_part("word/document.xml") == "word/_rels/document.xml.rels");
  CHECK(relationships_part("") == "_rels/.rels");
  const auto found = relationships("<R><Relationship Id='a' Target='x.xml'/><Relationship Id='b' Target='http://example.com' TargetMode='External'/></R>", "word/d.xml");
  CHECK(found.size() == 1);
  CHECK(found.at("a") == "word/x.xml");
  const auto of_type = relationships("<R><Relationship Id='a' Type='urn:x/worksheet' Target='x'/><Relationship Id='b' Type='urn:x/chartsheet' Target='y'/></R>", "xl/w.xml", "/worksheet");
  CHECK(of_type == std::map<std::string, std::string>{{"a", "xl/x"}});
}
