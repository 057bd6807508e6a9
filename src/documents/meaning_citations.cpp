#include "documents/meaning_citations.h"

#include <numeric>

#include "base/strings.h"
#include "documents/chunker.h"

namespace fragua::documents {

namespace {

constexpr double kAlikeMin = 0.84;        // E5's cosines of a sentence and its translation lie above it, those of others below
constexpr std::size_t kWindowsMax = 120;
constexpr std::size_t kWindowMinBytes = 20;

}  // namespace

Task<> MeaningCitations::embed_windows() {
  std::vector<Window> windows;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < passages_.size(); ++i) {
    if (passages_[i].document.language == language_) continue;
    for (const auto sentence : sentences_of(passages_[i].chunk.content)) {
      if (trimmed(sentence).size() < kWindowMinBytes || windows.size() >= kWindowsMax) continue;
      windows.push_back({i, quote_of(sentence), {}});
      texts.push_back(windows.back().text);
    }
  }
  if (!texts.empty()) {
    auto vectors = co_await embedder_.embed(model_, TextRole::passage, std::move(texts));
    for (std::size_t i = 0; i < windows.size(); ++i) windows[i].vector = std::move(vectors[i]);
  }
  windows_ = std::move(windows);
}

Task<std::optional<Citation>> MeaningCitations::cite(std::string sentence) {
  if (!windows_) co_await embed_windows();
  if (windows_->empty()) co_return std::nullopt;
  std::vector<std::string> asked{sentence};
  const auto vectors = co_await embedder_.embed(model_, TextRole::passage, std::move(asked));
  const auto& said = vectors.front();
  std::optional<Citation> best;
  for (const auto& window : *windows_) {
    const double alike = std::inner_product(said.begin(), said.end(), window.vector.begin(), 0.0);
    if (alike < kAlikeMin || (best && alike <= best->support) || !has_numbers_of(sentence, passages_[window.passage].chunk.content)) continue;
    best = Citation{window.passage, window.text, alike};
  }
  co_return best;
}

}  // namespace fragua::documents
