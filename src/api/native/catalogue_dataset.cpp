// /api/v1/catalogues/:name/dataset: training sets made of what is in a catalogue.
#include "api/native/catalogue_dataset.h"

#include "catalogue/catalogues.h"
#include "catalogue/datasets/chat_set.h"
#include "catalogue/datasets/search_set.h"

namespace fragua::api::native {

namespace {

struct Wanted {
  std::string kind;
  std::size_t size = 0;   // 0: the small set
  std::uint64_t seed = 1;
  catalogue::Part part;
  catalogue::DatasetFormat format;
};

Wanted wanted_of(Call& call) {
  Wanted wanted;
  wanted.kind = call.query_text("kind");
  if (wanted.kind.empty()) wanted.kind = "search";
  if (wanted.kind != "search" && wanted.kind != "chat") throw Error(ErrorCode::invalid_argument, "\"kind\" must be search or chat");
  const auto size = call.query_integer("size", 0);
  if (size < 0 || size > std::int64_t(catalogue::kDatasetMax))
    throw Error(ErrorCode::invalid_argument, "\"size\" must be between 1 and " + std::to_string(catalogue::kDatasetMax));
  wanted.size = std::size_t(size);
  wanted.seed = std::uint64_t(call.query_integer("seed", 1));
  wanted.part = catalogue::part_named(call.query_text("part"));
  wanted.format = catalogue::format_named(call.query_text("format"));
  return wanted;
}

// The first ones by their day.
Task<std::vector<catalogue::Item>> first_items(catalogue::Catalogues& catalogues, catalogue::CataloguePointer catalogue, std::size_t count) {
  std::vector<catalogue::Item> items;
  while (items.size() < count) {
    catalogue::Filter page;
    page.limit = std::int64_t(std::min<std::size_t>(count - items.size(), catalogue::kFoundMax));
    page.offset = std::int64_t(items.size());
    auto found = co_await catalogues.find(catalogue, std::move(page));
    if (found.items.empty()) break;
    for (auto& item : found.items) items.push_back(std::move(item));
  }
  co_return items;
}

Task<std::vector<catalogue::Conversation>> conversations_of(Call& call, catalogue::CataloguePointer catalogue, Wanted wanted) {
  if (wanted.kind == "chat") {
    const auto size = wanted.size == 0 ? catalogue::kGeneralChats + catalogue::kSmallChatItems : wanted.size;
    const auto items = co_await first_items(call.services.catalogues, catalogue, size > catalogue::kGeneralChats ? size - catalogue::kGeneralChats : 0);
    auto set = catalogue::chat_set(*catalogue, items, wanted.seed);
    if (set.size() > size) set.resize(size);
    co_return set;
  }
  co_return wanted.size == 0 ? catalogue::small_search_set(*catalogue, wanted.seed) : catalogue::search_set(*catalogue, wanted.size, wanted.seed);
}

}  // namespace

Task<> catalogue_dataset(Call& call) {
  const auto catalogue = call.services.catalogues.require(call.parameter("name"));
  const auto wanted = wanted_of(call);
  auto set = co_await conversations_of(call, catalogue, wanted);
  auto text = catalogue::written(catalogue::part_of(std::move(set), wanted.part), wanted.format);
  const bool is_one = wanted.format == catalogue::DatasetFormat::conversations;
  co_await call.begin(is_one ? "application/json; charset=utf-8" : "application/x-ndjson; charset=utf-8");
  co_await call.exchange.write(std::move(text));
  co_await call.end();
}

}  // namespace fragua::api::native
