#include "documents/extractors/web/html.h"

#include <algorithm>

#include "base/files.h"
#include "base/strings.h"
#include "documents/extractors/text/charset.h"
#include "documents/extractors/text/unicode.h"
#include "documents/extractors/web/dom.h"
#include "documents/extractors/web/html_table.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kMetaWithinBytes = 4096;
constexpr std::uint64_t kPageMaxBytes = 64ull << 20;

int heading_level(std::uintptr_t tag) {
  switch (tag) {
    case LXB_TAG_H1: return 1;
    case LXB_TAG_H2: return 2;
    case LXB_TAG_H3: return 3;
    case LXB_TAG_H4: return 4;
    case LXB_TAG_H5: return 5;
    case LXB_TAG_H6: return 6;
    default: return 0;
  }
}

class Teller {
 public:
  explicit Teller(BlockJoiner& joiner) : joiner_(joiner) {}

  void tell(DomNode root) {
    walk(
        root, [this](DomNode node) { return enter(node); }, [this](DomNode node) { leave(node); });
    end_text();
    joiner_.flush();
  }

 private:
  bool enter(DomNode node) {
    if (is_left_out(node)) return false;
    if (is_text(node)) append_inline_text(text_, text_of(node));
    const auto tag = tag_of(node);
    if (tag == LXB_TAG_BR) text_ += '\n';
    if (!is_block_element(node)) return true;
    end_text();
    if (const int level = heading_level(tag)) {
      joiner_.heading(level, html_text(node));
      return false;
    }
    if (tag == LXB_TAG_PRE) {
      tell_code(node);
      return false;
    }
    if (tag == LXB_TAG_TABLE && is_data_table(node)) {
      tell_table_of(node);
      return false;
    }
    if (tag == LXB_TAG_UL || tag == LXB_TAG_OL) lists_.push_back({tag == LXB_TAG_OL, number_attribute_of(node, "start", 1)});
    if (tag == LXB_TAG_LI) begin_item();
    return true;
  }

  void leave(DomNode node) {
    if (!is_block_element(node)) return;
    end_text();
    const auto tag = tag_of(node);
    if ((tag == LXB_TAG_UL || tag == LXB_TAG_OL) && !lists_.empty()) {
      lists_.pop_back();
      if (lists_.empty()) joiner_.flush();
    }
    if (tag == LXB_TAG_LI) marker_.clear();
  }

  void begin_item() {
    marker_ = "•";
    if (lists_.empty()) lists_.push_back({});
    auto& list = lists_.back();
    if (list.numbered) marker_ = std::to_string(list.next++) + ".";
  }

  void end_text() {
    if (lists_.empty()) {
      joiner_.paragraph(text_);
    } else if (!tidy_line(text_).empty()) {
      joiner_.item(text_, marker_, int(std::min<std::size_t>(lists_.size(), 9)) - 1);
    }
    text_.clear();
  }

  void tell_code(DomNode node) {
    std::string code;
    walk(
        node,
        [&](DomNode inner) {
          if (inner != node && is_left_out(inner)) return false;
          if (is_text(inner)) code += text_of(inner);
          if (tag_of(inner) == LXB_TAG_BR) code += '\n';
          return true;
        },
        [](DomNode) {});
    joiner_.flush();
    joiner_.code(code);
    joiner_.flush();
  }

  void tell_table_of(DomNode node) {
    for (auto* inner = node->first_child; inner; inner = inner->next)
      if (tag_of(inner) == LXB_TAG_CAPTION) joiner_.paragraph(html_text(inner));
    joiner_.table(html_table_rows(node));
  }

  struct List {
    bool numbered = false;
    int next = 1;
  };
  BlockJoiner& joiner_;
  std::string text_;
  std::string marker_;
  std::vector<List> lists_;
};

}  // namespace

std::string declared_charset(std::string_view bytes) {
  const auto head = lowercase(bytes.substr(0, kMetaWithinBytes));
  auto at = head.find("charset=");
  if (at == std::string::npos) at = head.find("encoding=");  // an XML declaration
  if (at == std::string::npos) return "";
  at = head.find('=', at) + 1;
  while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
  const auto end = head.find_first_of("\"' ;/>?", at);
  return end == std::string::npos ? "" : head.substr(at, end - at);
}

std::string tell_html(const std::string& html, BlockJoiner& joiner) {
  const HtmlDocument document(html);
  Teller(joiner).tell(document.root());
  return document.title();
}

void HtmlExtractor::extract(const Request& request, Output& output) {
  const auto bytes = read_file(request.file, kPageMaxBytes);
  const auto html = decode_text(bytes, declared_charset(bytes));
  const HtmlDocument document(html);
  output.document({"html", "text/html", document.title()});
  BlockJoiner joiner(output);
  Teller(joiner).tell(document.root());
}

}  // namespace fragua::documents::extractors
