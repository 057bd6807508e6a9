// Pictures: pages of documents as pictures, and where a quote stands on them. Callers: service. Threads: the loop's only; a child draws and
// reads. An office document is converted once, by whoever asks first; its PDF is kept beside it and goes with it.
// Never changes what is searched: its passages have the pages that were read from the file itself.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <string>

#include "documents/document_repository.h"
#include "documents/ingestion.h"

namespace fragua::documents {

struct QuotePlace {
  std::int64_t page = 0;                  // 0: it was not found
  std::vector<Box> boxes;                 // one for each line of it
};

// Both included; first 0: any page.
struct PageRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
  bool has(std::int64_t page) const { return first == 0 || (page >= first && page <= last); }
};

// The first of these pages, from 1, whose kept words have the quote.
QuotePlace find_in_pages(DocumentRepository& documents, std::int64_t document, const std::string& quote, PageRange pages);

class Pictures {
 public:
  explicit Pictures(IngestionParts parts) : parts_(std::move(parts)) {}
  // PNG or JPEG. Error(invalid_argument): the width; Error(not_found): the page; Error(unsupported): it cannot be drawn.
  Task<std::string> image(Document document, std::int64_t page, int width);
  // Where the words of a page were kept, there; in office documents on the pages that LibreOffice makes of them.
  Task<QuotePlace> find(Document document, std::string quote, PageRange pages);

 private:
  class Turn;
  Task<std::unique_ptr<Turn>> turn_of(std::string id);
  Task<std::string> draw(Document document, std::int64_t page, int width);
  Task<> keep_drawn(std::string id, fs::path drawn);
  Task<QuotePlace> find_in_words(Document document, std::string quote, PageRange pages);
  Task<QuotePlace> find_in_drawn(Document document, std::string quote, PageRange pages);

  IngestionParts parts_;
  std::map<std::string, std::shared_ptr<asio::steady_timer>> converting_;  // by document; cancelled when it is done
};

}  // namespace fragua::documents
