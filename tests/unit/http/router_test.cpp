#include "http/router.h"

#include <doctest/doctest.h>

using namespace fragua::http;

namespace {

enum Route : std::size_t { tags, show, blob_head, blob_post, model, model_delete, models, root, exact, files };

Router sample() {
  Router router;
  router.add(Method::get, "/v1/models/*model", model);
  router.add(Method::delete_, "/v1/models/*model", model_delete);
  router.add(Method::get, "/api/tags", tags);
  router.add(Method::post, "/api/show", show);
  router.add(Method::head, "/api/blobs/:digest", blob_head);
  router.add(Method::post, "/api/blobs/:digest", blob_post);
  router.add(Method::get, "/v1/models", models);
  router.add(Method::get, "/", root);
  router.add(Method::post, "/api/blobs/exact", exact);
  router.add(Method::get, "/f/:owner/files/:name", files);
  return router;
}

}  // namespace

TEST_CASE("router: finds the most specific route and its parameters") {
  const auto router = sample();
  struct Row {
    Method method;
    std::string path;
    std::optional<std::size_t> index;
    std::map<std::string, std::string> parameters;
  };
  const Row rows[] = {
      {Method::get, "/", root, {}},
      {Method::get, "/api/tags", tags, {}},
      {Method::head, "/api/tags", tags, {}},
      {Method::head, "/api/blobs/sha256:ab", blob_head, {{"digest", "sha256:ab"}}},
      {Method::post, "/api/blobs/sha256:ab", blob_post, {{"digest", "sha256:ab"}}},
      {Method::post, "/api/blobs/exact", exact, {}},
      {Method::get, "/v1/models", models, {}},
      {Method::get, "/v1/models/library/qwen:7b", model, {{"model", "library/qwen:7b"}}},
      {Method::delete_, "/v1/models/a", model_delete, {{"model", "a"}}},
      {Method::get, "/f/ana/files/x.txt", files, {{"owner", "ana"}, {"name", "x.txt"}}},
      {Method::get, "/v1/models/", std::nullopt, {}},
      {Method::get, "/api/tags/", std::nullopt, {}},
      {Method::get, "/api", std::nullopt, {}},
      {Method::get, "/API/tags", std::nullopt, {}},
      {Method::post, "/api/blobs/", std::nullopt, {}},
      {Method::post, "/api/blobs/a/b", std::nullopt, {}},
      {Method::get, "//", std::nullopt, {}},
      {Method::get, "", std::nullopt, {}},
      {Method::get, "*", std::nullopt, {}},
      {Method::get, "api/tags", std::nullopt, {}},
      {Method::get, "/f//files/x", std::nullopt, {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    const auto match = router.find(row.method, row.path);
    CHECK(match.index == row.index);
    CHECK(match.parameters == row.parameters);
  }
}

TEST_CASE("router: a known path with another method tells the methods it knows") {
  const auto router = sample();
  CHECK(router.find(Method::put, "/v1/models/a").allowed == std::vector{Method::get, Method::delete_});
  CHECK(router.find(Method::get, "/api/show").allowed == std::vector{Method::post});
  CHECK(router.find(Method::get, "/nowhere").allowed.empty());
  CHECK(router.find(Method::get, "/api/tags").allowed.empty());
}
