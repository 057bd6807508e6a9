#include "documents/document.h"

#include <doctest/doctest.h>

using namespace fragua::documents;

TEST_CASE("document: a client's file name is a text without folders and control characters, of bounded length") {
  CHECK(display_name("informe.pdf") == "informe.pdf");
  CHECK(display_name("../../etc/passwd") == "passwd");
  CHECK(display_name("C:\\Users\\ana\\año.docx") == "año.docx");
  CHECK(display_name(" a\n\tb\x7f ") == "ab");
  CHECK(display_name("") == "document");
  CHECK(display_name("a/") == "document");
  CHECK(display_name(std::string(1000, 'x')).size() == kNameMaxBytes);
  CHECK(display_name("\xff\xfe.txt") == "\xEF\xBF\xBD\xEF\xBF\xBD.txt");
}

TEST_CASE("document: a file of an archive keeps its folders in its name, and no way out of them") {
  CHECK(packed_name("setup.pdf") == "setup.pdf");
  CHECK(packed_name("printers/old/setup.pdf") == "printers › old › setup.pdf");
  CHECK(packed_name("../../etc/./passwd") == "etc › passwd");
  CHECK(packed_name("a\\b.txt") == "a › b.txt");
  CHECK(packed_name("/") == "document");
  CHECK(is_from_archive(archive_source("manuals.zip")));
  CHECK_FALSE(is_from_archive(copy_source("1")));
}

TEST_CASE("document: what is at an address is named by the whole address") {
  CHECK(address_name("https://example.org/manuals/setup.pdf") == "example.org › manuals › setup.pdf");
  CHECK(address_name("http://example.org:8080/?id=2#top") == "example.org:8080 › ?id=2");
  CHECK(address_name("https://example.org/a%2F..%2Fb%C3%B1.html") == "example.org › a › bñ.html");
}
