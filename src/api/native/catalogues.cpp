// /api/v1/catalogues: what is imported here.
#include "catalogue/catalogues.h"

#include "api/native/catalogue_routes.h"
#include "catalogue/definition.h"
#include "catalogue/import_service.h"

namespace fragua::api::native {

namespace {

json::object summary_of(const catalogue::Catalogue& catalogue) {
  json::object facets;
  for (const auto& facet : catalogue.facets) facets[facet.field] = facet.values.size();
  json::object summary;
  summary["name"] = catalogue.name;
  summary["title"] = catalogue.title;
  summary["version"] = catalogue.version;
  summary["items"] = catalogue.items;
  summary["facets"] = std::move(facets);
  summary["first_day"] = catalogue.first_day;
  summary["last_day"] = catalogue.last_day;
  summary["search_model"] = catalogue.search.model;
  summary["assistant_model"] = catalogue.assistant.model;
  summary["imported_at"] = catalogue.imported_at;
  return summary;
}

}  // namespace

Task<> list_catalogues(Call& call) {
  json::array list;
  for (const auto& catalogue : call.services.catalogues.list()) list.push_back(summary_of(*catalogue));
  json::object answer;
  answer["catalogues"] = std::move(list);
  co_await call.reply(std::move(answer));
}

Task<> show_catalogue(Call& call) {
  const auto catalogue = call.services.catalogues.require(call.parameter("name"));
  co_await call.reply(write_body(*catalogue));
}

Task<> remove_catalogue(Call& call) {
  co_await call.services.imports.remove(call.parameter("name"));
  co_await call.reply_empty(204);
}

Task<> catalogue_mapping(Call& call) {
  auto text = co_await call.services.imports.mapping_of(call.parameter("name"));
  co_await call.begin("application/toml; charset=utf-8");
  co_await call.exchange.write(std::move(text));
  co_await call.end();
}

// Piece by piece. An import in between takes the rest away: then the answer is cut off, and is no whole JSON.
Task<> catalogue_items(Call& call) {
  const auto catalogue = call.services.catalogues.require(call.parameter("name"));
  co_await call.begin("application/json; charset=utf-8");
  std::string text = "[";
  catalogue::ItemsPiece piece;
  while (!text.empty()) {
    co_await call.exchange.write(std::move(text));
    piece = co_await call.services.imports.items_after(catalogue, std::move(piece));
    text = std::move(piece.text);
  }
  if (piece.sent != catalogue->items) throw Error(ErrorCode::conflict, "a new version came in meanwhile: ask again");
  co_await call.exchange.write("\n]\n");
  co_await call.end();
}

}  // namespace fragua::api::native
