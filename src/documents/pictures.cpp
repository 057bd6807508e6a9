#include "documents/pictures.h"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/redirect_error.hpp>

#include "base/strings.h"
#include "documents/citations.h"

namespace fragua::documents {

namespace {

constexpr int kWidthMin = 100, kWidthMax = 2400;

// The formats that are converted to be drawn, as their readers call them.
bool is_converted(const Document& document) {
  static constexpr std::array<std::string_view, 10> formats{"docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "rtf"};
  return std::find(formats.begin(), formats.end(), document.format) != formats.end();
}

}  // namespace

QuotePlace find_in_pages(DocumentRepository& documents, std::int64_t document, const std::string& quote, PageRange pages) {
  for (auto number = pages.first; number <= pages.last; ++number) {
    const auto page = documents.find_page(document, number);
    if (!page) continue;
    if (auto boxes = boxes_of(quote, page->words); !boxes.empty()) return {number, std::move(boxes)};
  }
  return {};
}

// One conversion of a document at a time.
class Pictures::Turn {
 public:
  Turn(Pictures& pictures, std::string id) : pictures_(pictures), id_(std::move(id)) {
    pictures_.converting_[id_] = std::make_shared<asio::steady_timer>(pictures_.parts_.executor, asio::steady_timer::time_point::max());
  }
  ~Turn() {
    const auto node = pictures_.converting_.extract(id_);
    node.mapped()->cancel();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Pictures& pictures_;
  std::string id_;
};

Task<std::unique_ptr<Pictures::Turn>> Pictures::turn_of(std::string id) {
  for (auto busy = converting_.find(id); busy != converting_.end(); busy = converting_.find(id)) {
    const auto done = busy->second;
    boost::system::error_code ignored;
    co_await done->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return std::make_unique<Turn>(*this, std::move(id));
}

Task<std::string> Pictures::image(Document document, std::int64_t page, int width) {
  if (width < kWidthMin || width > kWidthMax) throw Error(ErrorCode::invalid_argument, "\"width\" must be between 100 and 2400");
  const auto last = is_converted(document) && document.pages == 0 ? page : std::max<std::int64_t>(document.pages, 1);
  if (page < 1 || page > last) throw Error(ErrorCode::not_found, "page not found");
  std::unique_ptr<Turn> turn;
  if (is_converted(document) && !fs::exists(parts_.files.drawn_path_of(document.id))) turn = co_await turn_of(document.id);
  co_return co_await draw(std::move(document), page, width);
}

Task<std::string> Pictures::draw(Document document, std::int64_t page, int width) {
  const auto& files = parts_.files;
  const auto scratch = files.scratch(new_id(parts_.entropy));
  auto path = files.drawn_path_of(document.id);
  if (!fs::exists(path)) path = files.opened_path_of(document.id);
  if (!fs::exists(path)) path = files.path_of(document.id);
  ExtractionRequest request{std::move(path), document.name, "", scratch->path()};
  auto image = co_await parts_.extractor.draw(std::move(request), page, width);
  if (auto drawn = scratch->path() / kDrawnFile; fs::exists(drawn)) co_await keep_drawn(document.id, std::move(drawn));
  co_return image;
}

// The next picture needs no conversion, which takes seconds. Without room for it the picture is shown all the same.
Task<> Pictures::keep_drawn(std::string id, fs::path drawn) {
  const auto copy = [this, id, drawn] { parts_.files.take_over_drawn(id, drawn); };
  auto keeping = parts_.pool.run(copy);
  const auto [failed] = co_await asio::co_spawn(parts_.executor, std::move(keeping), asio::as_tuple(asio::use_awaitable));
  if (failed) parts_.log.warn("document.pictures_not_kept", {{"document", id}});
}

Task<QuotePlace> Pictures::find(Document document, std::string quote, PageRange pages) {
  auto place = co_await find_in_words(document, quote, pages);
  if (place.page == 0 && is_converted(document)) place = co_await find_in_drawn(std::move(document), std::move(quote), pages);
  co_return place;
}

Task<QuotePlace> Pictures::find_in_words(Document document, std::string quote, PageRange pages) {
  const PageRange kept{std::max<std::int64_t>(pages.first, 1), pages.first == 0 ? document.pages : std::min(pages.last, document.pages)};
  const auto work = [number = document.number, quote, kept](db::Connection& connection) {
    DocumentRepository repository(connection);
    return find_in_pages(repository, number, quote, kept);
  };
  co_return co_await parts_.store.read(work);
}

// Its first picture, if there is none yet, brings the pages.
Task<QuotePlace> Pictures::find_in_drawn(Document document, std::string quote, PageRange pages) {
  const auto path = parts_.files.drawn_path_of(document.id);
  if (!fs::exists(path)) {
    auto first = image(document, 1, kWidthMin);
    const auto [failed, picture] = co_await asio::co_spawn(parts_.executor, std::move(first), asio::as_tuple(asio::use_awaitable));
    if (failed || !fs::exists(path)) co_return QuotePlace{};
  }
  const auto scratch = parts_.files.scratch(new_id(parts_.entropy));
  const auto reading = parts_.extractor.start({path, kDrawnFile, "", scratch->path()});
  while (true) {
    const auto event = co_await reading->next();
    if (!event) co_return QuotePlace{};
    const auto* page = std::get_if<Page>(&*event);
    if (!page || !pages.has(page->number)) continue;
    if (auto boxes = boxes_of(quote, page->words); !boxes.empty()) co_return QuotePlace{page->number, std::move(boxes)};
  }
}

}  // namespace fragua::documents
