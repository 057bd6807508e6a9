// GET /api/v1/catalogues/:name/items/:key: one item, for the page of a site that shows it alone.
#include "api/native/catalogue_json.h"
#include "api/native/catalogue_routes.h"
#include "catalogue/catalogues.h"

namespace fragua::api::native {

Task<> show_item(Call& call) {
  const auto catalogue = call.services.catalogues.require(call.parameter("name"));
  const auto key = call.parameter("key");
  std::vector<std::string> keys{key};
  const auto items = co_await call.services.catalogues.items(catalogue, std::move(keys));
  if (items.empty()) throw Error(ErrorCode::not_found, "the catalogue \"" + catalogue->name + "\" has no item \"" + key + "\"");
  auto answer = to_json(items).front().as_object();
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::native
