#include "base/error.h"
#include "catalogue/catalogues.h"
#include "catalogue/item_repository.h"

namespace fragua::catalogue {

Task<Found> Catalogues::find(CataloguePointer catalogue, Filter filter) {
  require_valid(*catalogue, filter);
  auto work = [catalogue, filter = std::move(filter)](db::Connection& connection) { return ItemRepository(connection).find(*catalogue, filter); };
  co_return co_await store_.read(std::move(work));
}

Task<std::vector<Item>> Catalogues::items(CataloguePointer catalogue, std::vector<std::string> keys) {
  if (keys.size() > std::size_t(kFoundMax)) throw Error(ErrorCode::invalid_argument, "at most " + std::to_string(kFoundMax) + " items can be asked for at once");
  auto work = [catalogue, keys = std::move(keys)](db::Connection& connection) { return ItemRepository(connection).items(*catalogue, keys); };
  co_return co_await store_.read(std::move(work));
}

Task<std::vector<std::string>> Catalogues::known(CataloguePointer catalogue, AskedWords words) {
  auto work = [catalogue, words = std::move(words)](db::Connection& connection) {
    ItemRepository repository(connection);
    auto known = repository.known(*catalogue, words.in_any_form);
    for (auto& word : repository.known_as_they_are(*catalogue, words.as_they_are)) known.push_back(std::move(word));
    return known;
  };
  co_return co_await store_.read(std::move(work));
}

Task<std::vector<Item>> Catalogues::titled(CataloguePointer catalogue, std::string beginning, std::int64_t limit) {
  auto work = [catalogue, beginning = std::move(beginning), limit](db::Connection& connection) {
    return ItemRepository(connection).titled(*catalogue, beginning, limit);
  };
  co_return co_await store_.read(std::move(work));
}

}  // namespace fragua::catalogue
