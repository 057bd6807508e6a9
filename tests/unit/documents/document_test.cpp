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
