#include "documents/extractors/pdf/pdf_tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/strings.h"
#include "documents/extractors/pdf/bbox_reader.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr const char* kPackage = "poppler-utils";
constexpr std::size_t kFactsMaxBytes = 32 << 20;
constexpr int kPagesListed = 100'000;
// A hundred pages of text take half a second, a page's picture less. All end before who waits for our next line gives up.
constexpr std::chrono::seconds kFactsTime(60), kTextTime(30), kPictureTime(30);

void check_time(const ToolResult& result, const ToolCall& call, const std::string& what) {
  if (result.timed_out) throw Failure(FailureCode::too_large, fmt::format("{} takes longer than {} s: the document is damaged, or too intricate to be read", what, call.time.count()));
}

std::string pages_named(int first, int last) {
  return first == last ? fmt::format("page {}", first) : fmt::format("one of the pages {} to {}", first, last);
}

// "Page    3 rot:  90"
void read_rotation(std::string_view line, PdfFacts& facts) {
  const auto at = line.find(" rot:");
  if (!line.starts_with("Page ") || at == std::string_view::npos) return;
  int page = 0, degrees = 0;
  const auto number = trimmed(line.substr(5, at - 5)), angle = trimmed(line.substr(at + 5));
  std::from_chars(number.data(), number.data() + number.size(), page);
  std::from_chars(angle.data(), angle.data() + angle.size(), degrees);
  if (page < 1 || page > kPagesListed || degrees % 180 == 0) return;
  facts.turned.resize(std::max(facts.turned.size(), std::size_t(page)));
  facts.turned[std::size_t(page) - 1] = true;
}

int page_of(const fs::path& file) {
  const auto stem = file.stem().string();
  const auto dash = stem.rfind('-');
  int page = 0;
  if (dash != std::string::npos) std::from_chars(stem.data() + dash + 1, stem.data() + stem.size(), page);
  return page;
}

}  // namespace

ToolCall PdfTools::call(const std::string& program, std::vector<std::string> options) const {
  ToolCall call{{program}, kPackage};
  call.argv.insert(call.argv.end(), options.begin(), options.end());
  call.argv.push_back(file_.string());
  return call;
}

PdfFacts PdfTools::facts() const {
  std::string text;
  auto info = call("pdfinfo", {"-enc", "UTF-8", "-f", "1", "-l", std::to_string(kPagesListed)});
  info.time = kFactsTime;
  info.on_output = [&](std::string_view bytes) {
    if (text.size() + bytes.size() > kFactsMaxBytes) throw Failure(FailureCode::too_large, "the document has too many pages");
    text += bytes;
  };
  const auto result = tools_.run(info);
  check_time(result, info, "reading the document's structure");
  if (result.errors.find("Incorrect password") != std::string::npos) throw Failure(FailureCode::password_needed, "the document is protected by a password");
  PdfFacts facts;
  for (const auto& line : split(text, '\n')) {
    const auto value = trimmed(std::string_view(line).substr(std::min(line.find(':') + 1, line.size())));
    if (line.starts_with("Title:")) facts.title = tidy_line(value);
    if (line.starts_with("Pages:")) std::from_chars(value.data(), value.data() + value.size(), facts.pages);
    read_rotation(line, facts);
  }
  if (facts.pages <= 0) throw Failure(FailureCode::damaged, "the document is damaged: no page of it can be read");
  return facts;
}

std::vector<PageLines> PdfTools::text(int first, int last) const {
  std::vector<PageLines> pages;
  BboxReader reader([&](PageLines page) { pages.push_back(std::move(page)); });
  auto run = call("pdftotext", {"-bbox-layout", "-q", "-f", std::to_string(first), "-l", std::to_string(last)});
  run.argv.push_back("-");
  run.time = kTextTime;
  run.on_output = [&](std::string_view bytes) { reader.feed(bytes); };
  check_time(tools_.run(run), run, "reading the text of " + pages_named(first, last));
  return pages;
}

std::vector<PdfTools::Picture> PdfTools::pictures(int first, int last, double dpi) const {
  const auto folder = tools_.scratch() / "pages";
  fs::remove_all(folder);
  fs::create_directories(folder);
  auto run = call("pdftoppm", {"-q", "-gray", "-r", fmt::format("{:.1f}", dpi), "-f", std::to_string(first), "-l", std::to_string(last)});
  run.argv.push_back((folder / "page").string());
  run.time = kPictureTime;
  check_time(tools_.run(run), run, "drawing " + pages_named(first, last));
  std::vector<Picture> pictures;
  for (const auto& entry : fs::directory_iterator(folder)) pictures.push_back({entry.path(), page_of(entry.path())});
  std::sort(pictures.begin(), pictures.end(), [](const Picture& a, const Picture& b) { return a.page < b.page; });
  return pictures;
}

fs::path PdfTools::drawing(int page, int width) const {
  const auto prefix = tools_.scratch() / "drawing";
  auto run = call("pdftoppm", {"-q", "-png", "-singlefile", "-f", std::to_string(page), "-l", std::to_string(page), "-scale-to-x", std::to_string(width),
                               "-scale-to-y", "-1"});
  run.argv.push_back(prefix.string());
  run.time = kPictureTime;
  check_time(tools_.run(run), run, "drawing " + pages_named(page, page));
  const auto file = fs::path(prefix.string() + ".png");
  if (fs::exists(file)) return file;
  facts();  // says why, where it is the whole document's fault
  throw Failure(FailureCode::damaged, "the page cannot be drawn");
}

}  // namespace fragua::documents::extractors
