#include "documents/extractors/json_output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/error.h"
#include "base/json.h"
#include "base/strings.h"
#include "documents/extractors/language.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kSampleBytes = 8 << 10;
constexpr std::size_t kHeldMaxBytes = 4 << 20;
constexpr std::size_t kPieceBytes = 1 << 20;               // of a block's text; JSON may write six bytes for one
constexpr std::size_t kWordsMaxBytes = kLineMaxBytes - (64 << 10);

constexpr std::array<const char*, 5> kKinds{"heading", "paragraph", "list", "table", "code"};
constexpr std::array<const char*, 7> kCodes{"password_needed", "wrong_password", "damaged", "empty", "too_large", "unsupported", "tool_missing"};

std::string json_text(std::string_view text) { return json::serialize(json::string(sanitized_utf8(text))); }

// Four digits: a twentieth of a point on A4.
std::string numbers(const Box& box) { return fmt::format("{:.4f},{:.4f},{:.4f},{:.4f}", box.x0, box.y0, box.x1, box.y1); }

std::string words_of(const Page& page) {
  std::string out;
  for (const auto& word : page.words) {
    auto entry = fmt::format("{}[{},{}]", out.empty() ? "" : ",", json_text(word.text), numbers(word.box));
    if (out.size() + entry.size() > kWordsMaxBytes) break;
    out += entry;
  }
  return out;
}

// At a space where there is one near, never inside a character.
std::size_t piece_length(std::string_view text) {
  if (text.size() <= kPieceBytes) return text.size();
  const auto space = text.find_last_of(" \n", kPieceBytes);
  if (space != std::string_view::npos && space > kPieceBytes / 2) return space;
  return std::max<std::size_t>(1, complete_utf8_length(text.substr(0, kPieceBytes)));
}

}  // namespace

void JsonOutput::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) throw Error(ErrorCode::cancelled, "nobody reads any more");
    bytes.remove_prefix(std::size_t(count));
  }
}

void JsonOutput::line(std::string text) {
  text += '\n';
  if (!holding_) return write(text);
  held_ += text;
  if (sample_.size() >= kSampleBytes || held_.size() >= kHeldMaxBytes) release();
}

void JsonOutput::release() {
  if (!holding_) return;
  holding_ = false;
  write(fmt::format(R"({{"type":"document","format":{},"media_type":{},"title":{},"language":{},"pages":{}}})", json_text(info_.format), json_text(info_.media_type),
                    json_text(info_.title), json_text(guess_language(sample_)), info_.pages) + "\n");
  write(held_);
  held_.clear();
}

void JsonOutput::document(const DocumentInfo& info) { info_ = info; }

void JsonOutput::page(const Page& page) {
  const auto words = words_of(page);
  line(fmt::format(R"({{"type":"page","page":{},"label":{},"width":{:.2f},"height":{:.2f},"ocr":{},"confidence":{:.3f}{}}})", page.number, json_text(page.label),
                   page.width, page.height, page.ocr, page.confidence, words.empty() ? "" : ",\"words\":[" + words + "]"));
}

void JsonOutput::block_piece(const Block& block, std::string_view text) {
  if (text.size() > text_left_) throw Failure(FailureCode::too_large, "the document holds more text than is allowed for one document");
  text_left_ -= text.size();
  has_text_ = true;
  if (holding_ && sample_.size() < kSampleBytes) {
    sample_ += text.substr(0, kSampleBytes);
    sample_ += '\n';
  }
  line(fmt::format(R"({{"type":"block","page":{},"kind":"{}","level":{},"text":{}{}}})", block.page, kKinds[std::size_t(block.kind)],
                   block.kind == BlockKind::heading ? std::clamp(block.level, 1, 6) : 0, json_text(text),
                   block.box ? ",\"box\":[" + numbers(*block.box) + "]" : ""));
}

void JsonOutput::block(const Block& block) {
  std::string_view rest = block.text;
  while (!trimmed(rest).empty()) {
    const auto length = piece_length(rest);
    block_piece(block, rest.substr(0, length));
    rest.remove_prefix(length);
  }
}

void JsonOutput::file(const PackedFile& file) {
  has_text_ = true;
  release();
  line(fmt::format(R"({{"type":"file","number":{},"name":{}}})", file.number, json_text(file.name)));
}

void JsonOutput::finish() {
  if (!has_text_) throw Failure(FailureCode::empty, "no text was found in the document");
  release();
  write("{\"type\":\"end\"}\n");
}

void JsonOutput::failure(const Failure& failure) {
  write(fmt::format(R"({{"type":"error","code":"{}","message":{}}})", kCodes[std::size_t(failure.code())], json_text(failure.what())) + "\n");
}

void JsonOutput::image(const std::string& bytes) {
  auto text = to_base64(bytes);
  if (text.size() + 64 > kLineMaxBytes) throw Failure(FailureCode::too_large, "the picture of this page is too large");
  write(R"({"type":"image","image":")" + text + "\"}\n");
}

}  // namespace fragua::documents::extractors
