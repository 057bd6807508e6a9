#include "cli/catalogue_dataset.h"

#include <doctest/doctest.h>

using namespace fragua::cli;

TEST_CASE("catalogue dataset: only what was said is asked for") {
  DatasetRequest request;
  request.catalogue = "mis tickets";
  CHECK(dataset_path(request) == "/api/v1/catalogues/mis%20tickets/dataset");
  request.kind = "chat";
  request.format = "llama3";
  request.part = "train";
  request.size = 1000;
  request.seed = 7;
  CHECK(dataset_path(request) == "/api/v1/catalogues/mis%20tickets/dataset?kind=chat&format=llama3&part=train&size=1000&seed=7");
}
