#include "documents/extractors/pdf/scanned_pages.h"

#include <algorithm>
#include <cmath>

#include "base/files.h"
#include "documents/extractors/pdf/grey_picture.h"

namespace fragua::documents::extractors {

namespace {

constexpr double kDpi = 200;
constexpr double kDpiMin = 30;
constexpr double kPixelsPerPage = 24e6;
constexpr double kPointsPerInch = 72;
constexpr double kBlankDpi = 24;
constexpr int kBlankAhead = 64;
constexpr std::size_t kTogether = 2;
constexpr std::uint64_t kPictureMaxBytes = 64 << 20;

double dpi_of(const ScannedPages::Wanted& page) {
  const double square_inches = std::max(page.width * page.height, 1.0) / (kPointsPerInch * kPointsPerInch);
  return std::clamp(std::sqrt(kPixelsPerPage / square_inches), 1.0, kDpi);
}

}  // namespace

// Pages one after the other are drawn small together.
bool ScannedPages::is_blank(const std::vector<Wanted>& wanted) {
  const int first = wanted.front().page;
  if (const auto known = blank_.find(first); known != blank_.end()) return known->second;
  int last = first;
  for (const auto& page : wanted)
    if (page.page == last + 1 && page.page < first + kBlankAhead) last = page.page;
  const double dpi = std::min(kBlankDpi, dpi_of(wanted.front()));
  for (int page = first; page <= last; ++page) blank_[page] = true;  // also what cannot be drawn
  for (const auto& picture : pdf_.pictures(first, last, dpi)) blank_[picture.page] = is_blank_picture(read_file(picture.file, kPictureMaxBytes));
  return blank_[first];
}

void ScannedPages::recognize(const std::vector<Wanted>& wanted) {
  std::vector<fs::path> files;
  std::vector<int> numbers;
  const auto dpi = dpi_of(wanted.front());
  if (dpi < kDpiMin) return;
  for (const auto& page : wanted) {
    const auto known = blank_.find(page.page);
    if (files.size() >= kTogether || (known != blank_.end() && known->second) || (known == blank_.end() && page.page != wanted.front().page)) continue;
    if (dpi_of(page) < dpi) continue;
    for (const auto& picture : pdf_.pictures(page.page, page.page, dpi)) {
      const auto kept = tools_.scratch() / ("scan-" + std::to_string(picture.page) + ".pgm");
      fs::rename(picture.file, kept);
      files.push_back(kept);
      numbers.push_back(picture.page);
    }
  }
  if (files.empty()) return;
  auto read = recognizer_.read(files, int(dpi));
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (!read[i].empty()) ready_[numbers[i]] = std::move(read[i].front());
    fs::remove(files[i]);
  }
}

std::optional<RecognizedPage> ScannedPages::read(const std::vector<Wanted>& wanted) {
  const int page = wanted.front().page;
  if (!ready_.contains(page)) {
    if (is_blank(wanted)) return std::nullopt;
    recognize(wanted);
  }
  auto found = ready_.extract(page);
  if (found.empty()) return std::nullopt;
  return std::move(found.mapped());
}

}  // namespace fragua::documents::extractors
