#include "documents/extractors/pdf/pdf.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "documents/extractors/layout/page_teller.h"
#include "documents/extractors/pdf/opened.h"
#include "documents/extractors/pdf/pdf_tools.h"
#include "documents/extractors/pdf/running_lines.h"
#include "documents/extractors/pdf/scanned_pages.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kBatchPages = 100;
constexpr int kNeighbours = 6;             // pages on each side that tell what runs
constexpr std::size_t kFewWords = 12;      // a page with fewer may be a picture with a stamp on it
constexpr std::size_t kScansAhead = 64;

std::size_t word_count(const PageLines& page) {
  std::size_t words = 0;
  for (const auto& line : page.lines) words += line.words.size();
  return words;
}

// Fonts that do not say which letters they draw give signs from the private areas, or none at all.
bool is_unreadable(const PageLines& page) {
  std::size_t bad = 0, all = 0;
  for (const auto& line : page.lines)
    for (const auto& word : line.words) {
      all += count_characters(word.text);
      for (std::size_t i = 0; i + 2 < word.text.size(); ++i) {
        const auto first = static_cast<unsigned char>(word.text[i]), second = static_cast<unsigned char>(word.text[i + 1]);
        const bool replacement = first == 0xEF && second == 0xBF && static_cast<unsigned char>(word.text[i + 2]) == 0xBD;
        const bool private_area = first == 0xEE || (first == 0xEF && second < 0xA4);
        bad += replacement || private_area;
      }
    }
  return bad * 10 > all * 3;
}

bool is_scan(const PageLines& page) { return word_count(page) < kFewWords || is_unreadable(page); }

class Reader {
 public:
  Reader(const PdfTools& pdf, const PdfFacts& facts, ScannedPages scans, Output& output)
      : pdf_(pdf), facts_(facts), scans_(std::move(scans)), output_(output) {}

  void tell_all() {
    for (int page = 1; page <= facts_.pages; ++page) {
      load(std::min(page + kNeighbours, facts_.pages));
      tell(page);
      if (page - first_ >= kNeighbours) {
        pages_.pop_front();
        ++first_;
      }
    }
  }

 private:
  // Pages up to `last`, and some more while it is at it.
  void load(int last) {
    const int loaded = first_ + int(pages_.size()) - 1;
    if (last <= loaded) return;
    const int until = std::min(loaded + kBatchPages, facts_.pages);
    auto batch = pdf_.text(loaded + 1, until);
    batch.resize(std::size_t(until - loaded));  // a page that cannot be read is an empty one
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto index = std::size_t(loaded) + i;
      if (index < facts_.turned.size() && facts_.turned[index]) std::swap(batch[i].width, batch[i].height);
      pages_.push_back(std::move(batch[i]));
    }
  }

  const PageLines& at(int page) const { return pages_[std::size_t(page - first_)]; }

  void tell(int page) {
    if (is_scan(at(page))) {
      const auto scan = scans_.read(scans_from(page));
      if (scan && scan->words() > word_count(at(page))) return tell_scan(page, *scan);
    }
    tell_text(page);
  }

  std::vector<ScannedPages::Wanted> scans_from(int page) const {
    std::vector<ScannedPages::Wanted> wanted;
    for (int other = page; other < first_ + int(pages_.size()) && wanted.size() < kScansAhead; ++other)
      if (is_scan(at(other))) wanted.push_back({other, at(other).width, at(other).height});
    return wanted;
  }

  void tell_scan(int number, const RecognizedPage& scan) {
    const auto blocks = page_blocks(scan.lines, typical_size({&scan.lines}));
    Page page{number, "", at(number).width, at(number).height, true, scan.confidence, {}};
    tell_page(std::move(page), blocks, {}, [&](const Box& box) { return scan.back(box); }, output_);
  }

  void tell_text(int number) {
    std::vector<const PageLines*> around;
    const int from = std::max(number - kNeighbours, first_), to = std::min(number + kNeighbours, first_ + int(pages_.size()) - 1);
    for (int page = from; page <= to; ++page) around.push_back(&at(page));
    const auto& whole = at(number);
    const auto kept = without_running_lines(around, std::size_t(number - from));
    Page page{number, "", whole.width, whole.height, false, 0, {}};
    tell_page(std::move(page), page_blocks(kept, typical_size(around)), words_left_out(whole, kept), [&](const Box& box) { return in_fractions(box, whole); },
              output_);
  }

  // kept has the lines of whole in the same order, without some.
  static std::vector<PlacedWord> words_left_out(const PageLines& whole, const PageLines& kept) {
    std::vector<PlacedWord> words;
    std::size_t next = 0;
    for (const auto& line : whole.lines) {
      const bool same = next < kept.lines.size() && kept.lines[next].box.x0 == line.box.x0 && kept.lines[next].box.y0 == line.box.y0 &&
                        kept.lines[next].words.size() == line.words.size();
      if (same) {
        ++next;
      } else {
        words.insert(words.end(), line.words.begin(), line.words.end());
      }
    }
    return words;
  }

  const PdfTools& pdf_;
  const PdfFacts& facts_;
  ScannedPages scans_;
  Output& output_;
  std::deque<PageLines> pages_;
  int first_ = 1;  // the number of the first of pages_
};

}  // namespace

void PdfExtractor::extract(const Request& request, Output& output) {
  const PdfTools pdf(tools_, opened_pdf(request, tools_));
  const auto facts = pdf.facts();
  if (facts.pages > request.pages_max)
    throw Failure(FailureCode::too_large, "the document has " + std::to_string(facts.pages) + " pages; at most " + std::to_string(request.pages_max) + " are read");
  output.document({"pdf", "application/pdf", facts.title, facts.pages});
  Reader(pdf, facts, ScannedPages(tools_, pdf, request.languages), output).tell_all();
}

}  // namespace fragua::documents::extractors
