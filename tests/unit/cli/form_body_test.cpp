#include "cli/form_body.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/error.h"
#include "support/temporary_folder.h"

using namespace fragua;
using namespace fragua::cli;

TEST_CASE("form body: fields and files come in order, and the size is known before") {
  const fragua::tests::TemporaryFolder folder;
  const auto file = folder.path() / "a \"b\".sql";
  std::ofstream(file) << "SELECT 1;";
  FormBody body({{"source", file, ""}, {"replace", "", "true"}}, "edge");
  std::string whole;
  char piece[7];
  while (const auto count = body.read(piece, sizeof piece)) whole.append(piece, count);
  CHECK(whole ==
        "--edge\r\nContent-Disposition: form-data; name=\"source\"; filename=\"a _b_.sql\"\r\nContent-Type: application/octet-stream\r\n\r\nSELECT 1;\r\n"
        "--edge\r\nContent-Disposition: form-data; name=\"replace\"\r\n\r\ntrue\r\n--edge--\r\n");
  CHECK(body.size() == whole.size());
  CHECK(body.content_type() == "multipart/form-data; boundary=edge");
}

TEST_CASE("form body: a file that is not there is an error") {
  CHECK_THROWS_AS(FormBody({{"source", "/nowhere/at/all", ""}}, "edge"), Error);
}
