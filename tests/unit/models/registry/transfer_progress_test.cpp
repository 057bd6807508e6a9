#include "models/registry/transfer_progress.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::models;

TEST_CASE("transfer progress: as Ollama sends it, nothing empty") {
  CHECK(to_json(json::value(to_json(TransferProgress{.status = "success"}))) == R"({"status":"success"})");
  const auto digest = Digest::of("");
  CHECK(to_json(json::value(to_json(blob_progress("pulling", digest, 10, 0)))) ==
        R"({"status":"pulling e3b0c44298fc","digest":")" + digest.text() + R"(","total":10})");
  CHECK(to_json(blob_progress("pushing", digest, 10, 4)).at("completed") == 4);
}
