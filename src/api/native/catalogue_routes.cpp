#include "api/native/catalogue_routes.h"

#include "api/native/catalogue_chat.h"
#include "api/native/catalogue_dataset.h"
#include "api/native/catalogue_search.h"

namespace fragua::api::native {

namespace {

void add_search_routes(Routes& routes) {
  using http::Method;
  routes.push_back({Method::post, "/api/v1/catalogues/:name/search", Scope::catalogue, Dialect::native, kSmallBody, search_catalogue,
                    schema_of<CatalogueSearchBody>, Answer::json, "Items that a question in plain words or a filter asks for, with counts per facet"});
  routes.push_back({Method::get, "/api/v1/catalogues/:name/suggest", Scope::catalogue, Dialect::native, 0, suggest_catalogue, nullptr, Answer::json,
                    "How the question q could go on: values of facets, and titles"});
  routes.push_back({Method::post, "/api/v1/catalogues/:name/chat", Scope::catalogue, Dialect::native, kSmallBody, chat_about_catalogue,
                    schema_of<CatalogueChatBody>, Answer::json, "Answers a question from the data, with what the answer stands on; events with \"stream\":true"});
  routes.push_back({Method::get, "/api/v1/catalogues/:name/dataset", Scope::catalogue, Dialect::native, 0, catalogue_dataset, nullptr, Answer::text,
                    "A set to train a model with; kind, size, seed, part, format"});
}

}  // namespace

void add_catalogue_routes(Routes& routes) {
  using http::Method;
  const auto add = [&](Method method, std::string_view path, Scope scope, Handler handler, Answer answer, std::string_view summary) {
    routes.push_back({method, path, scope, Dialect::native, 0, handler, nullptr, answer, summary});
  };
  add(Method::get, "/api/v1/catalogues", Scope::catalogue, list_catalogues, Answer::json, "Catalogues that were imported");
  add(Method::get, "/api/v1/catalogues/:name", Scope::catalogue, show_catalogue, Answer::json, "Fields, facets with their values, days and prices");
  add(Method::delete_, "/api/v1/catalogues/:name", Scope::models_write, remove_catalogue, Answer::empty, "Deletes it with the models that were made for it");
  add(Method::get, "/api/v1/catalogues/:name/mapping", Scope::catalogue, catalogue_mapping, Answer::text, "The mapping that it was imported with (TOML)");
  add(Method::get, "/api/v1/catalogues/:name/items.json", Scope::catalogue, catalogue_items, Answer::json, "All items with every field");
  add(Method::get, "/api/v1/catalogues/:name/items/:key", Scope::catalogue, show_item, Answer::json, "One item by its key");
  routes.push_back({Method::post, "/api/v1/catalogues/:name/import", Scope::models_write, Dialect::native, kBlobBody, import_catalogue, nullptr, Answer::ndjson,
                    "Imports it, anew or for the first time: multipart/form-data with the files source and mapping; progress, then the report"});
  routes.push_back({Method::post, "/api/v1/catalogues/suggest", Scope::models_write, Dialect::native, kBlobBody, suggest_mapping, nullptr, Answer::json,
                    "Proposes a mapping for the file source of a multipart/form-data"});
  add_search_routes(routes);
}

}  // namespace fragua::api::native
