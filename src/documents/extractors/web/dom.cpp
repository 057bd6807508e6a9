#include "documents/extractors/web/dom.h"

#include <lexbor/dom/dom.h>

#include <algorithm>
#include <charconv>

#include "base/strings.h"
#include "documents/extractors/extractor.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kDepthMax = 2'000;

bool is_left_out_tag(std::uintptr_t tag) {
  switch (tag) {
    case LXB_TAG_SCRIPT: case LXB_TAG_STYLE: case LXB_TAG_NOSCRIPT: case LXB_TAG_TEMPLATE: case LXB_TAG_NAV: case LXB_TAG_HEAD: case LXB_TAG_SELECT:
    case LXB_TAG_BUTTON: case LXB_TAG_INPUT: case LXB_TAG_TEXTAREA: case LXB_TAG_DATALIST: case LXB_TAG_IFRAME: case LXB_TAG_NOFRAMES:
    case LXB_TAG_SVG: case LXB_TAG_MATH: case LXB_TAG_CANVAS: case LXB_TAG_AUDIO: case LXB_TAG_VIDEO: case LXB_TAG_OBJECT: case LXB_TAG_EMBED: case LXB_TAG_MAP:
      return true;
    default:
      return false;
  }
}

bool is_hidden(DomNode node) {
  if (lxb_dom_element_has_attribute(lxb_dom_interface_element(node), reinterpret_cast<const lxb_char_t*>("hidden"), 6)) return true;
  if (attribute_of(node, "aria-hidden") == "true" || attribute_of(node, "role") == "navigation") return true;
  std::string style;
  for (const char c : attribute_of(node, "style"))
    if (c != ' ' && c != '\n' && c != '\t') style += c;
  style = lowercase(style);
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

bool closes_itself(std::string_view tag) {
  static constexpr std::string_view kNames[] = {"p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr",
                                                "source", "param", "embed", "colgroup", "tbody", "thead", "tfoot"};
  return std::find(std::begin(kNames), std::end(kNames), tag) != std::end(kNames);
}

// How deep elements nest, roughly. The parser's time grows with the square of it; browsers stop at a few hundred.
bool is_too_deep(std::string_view html) {
  std::size_t depth = 0;
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const bool end = at + 1 < html.size() && html[at + 1] == '/';
    const auto from = at + (end ? 2 : 1);
    const auto to = std::min(html.find_first_of(" \t\r\n/>", from), html.size());
    const auto tag = lowercase(html.substr(from, std::min<std::size_t>(to - from, 16)));
    if (tag.empty() || tag[0] < 'a' || tag[0] > 'z' || closes_itself(tag)) continue;
    depth = end ? (depth > 0 ? depth - 1 : 0) : depth + 1;
    if (depth > kDepthMax) return true;
  }
  return false;
}

}  // namespace

HtmlDocument::HtmlDocument(const std::string& html) : document_(lxb_html_document_create()) {
  if (is_too_deep(html)) throw Failure(FailureCode::too_large, "the page is nested too deeply");
  const auto* bytes = reinterpret_cast<const lxb_char_t*>(html.data());
  if (!document_ || lxb_html_document_parse(document_.get(), bytes, html.size()) != LXB_STATUS_OK)
    throw Failure(FailureCode::too_large, "the page could not be read: it needs too much memory");
}

DomNode HtmlDocument::root() const {
  auto* body = lxb_html_document_body_element(document_.get());
  return body ? lxb_dom_interface_node(body) : lxb_dom_interface_node(document_.get());
}

std::string HtmlDocument::title() const {
  std::size_t length = 0;
  const auto* text = lxb_html_document_title(document_.get(), &length);
  return text ? tidy_line({reinterpret_cast<const char*>(text), length}) : "";
}

std::string_view text_of(DomNode node) {
  const auto& data = lxb_dom_interface_character_data(node)->data;
  return {reinterpret_cast<const char*>(data.data), data.length};
}

std::string_view attribute_of(DomNode node, std::string_view name) {
  std::size_t length = 0;
  const auto* value = lxb_dom_element_get_attribute(lxb_dom_interface_element(node), reinterpret_cast<const lxb_char_t*>(name.data()), name.size(), &length);
  return value ? std::string_view(reinterpret_cast<const char*>(value), length) : std::string_view();
}

int number_attribute_of(DomNode node, std::string_view name, int fallback) {
  const auto text = trimmed(attribute_of(node, name));
  int number = fallback;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool is_left_out(DomNode node) {
  if (!is_element(node)) return !is_text(node) && node->type != LXB_DOM_NODE_TYPE_DOCUMENT;
  return is_left_out_tag(tag_of(node)) || is_hidden(node);
}

bool is_block_element(DomNode node) {
  switch (tag_of(node)) {
    case LXB_TAG_P: case LXB_TAG_DIV: case LXB_TAG_SECTION: case LXB_TAG_ARTICLE: case LXB_TAG_MAIN: case LXB_TAG_HEADER: case LXB_TAG_FOOTER:
    case LXB_TAG_ASIDE: case LXB_TAG_BLOCKQUOTE: case LXB_TAG_ADDRESS: case LXB_TAG_FIGURE: case LXB_TAG_FIGCAPTION: case LXB_TAG_DL: case LXB_TAG_DT:
    case LXB_TAG_DD: case LXB_TAG_UL: case LXB_TAG_OL: case LXB_TAG_LI: case LXB_TAG_PRE: case LXB_TAG_HR: case LXB_TAG_TABLE: case LXB_TAG_TR:
    case LXB_TAG_TD: case LXB_TAG_TH: case LXB_TAG_CAPTION: case LXB_TAG_FORM: case LXB_TAG_FIELDSET: case LXB_TAG_LEGEND: case LXB_TAG_DETAILS:
    case LXB_TAG_SUMMARY: case LXB_TAG_CENTER: case LXB_TAG_BODY: case LXB_TAG_H1: case LXB_TAG_H2: case LXB_TAG_H3: case LXB_TAG_H4: case LXB_TAG_H5:
    case LXB_TAG_H6: case LXB_TAG_HGROUP: case LXB_TAG_DIALOG: case LXB_TAG_TITLE:
      return true;
    default:
      return false;
  }
}

}  // namespace fragua::documents::extractors
