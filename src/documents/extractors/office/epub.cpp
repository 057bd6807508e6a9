#include "documents/extractors/office/epub.h"

#include <algorithm>

#include "base/strings.h"
#include "documents/extractors/block_joiner.h"
#include "documents/extractors/office/xml.h"
#include "documents/extractors/office/zip_archive.h"
#include "documents/extractors/text/charset.h"
#include "documents/extractors/text/unicode.h"
#include "documents/extractors/web/html.h"

namespace fragua::documents::extractors {

namespace {

std::string package_part(ZipArchive& archive) {
  const XmlDocument container(archive.read("META-INF/container.xml"));
  return resolved("", percent_decoded(attribute(descendant(container.root(), "rootfile"), "full-path")));
}

struct Book {
  std::string title;
  std::vector<std::string> chapters;  // parts of the archive
};

Book read_book(ZipArchive& archive) {
  const auto part = package_part(archive);
  const XmlDocument package(archive.read(part));
  Book book;
  book.title = tidy_line(child(child(package.root(), "metadata"), "title").text().get());
  std::map<std::string, std::string> items;
  for (const auto item : children(child(package.root(), "manifest"), "item")) {
    const auto type = attribute(item, "media-type");
    const bool contents = attribute(item, "properties").find("nav") != std::string_view::npos;
    if (type.find("html") == std::string_view::npos || contents) continue;
    items[std::string(attribute(item, "id"))] = resolved(part, percent_decoded(attribute(item, "href")));
  }
  for (const auto entry : children(child(package.root(), "spine"), "itemref"))
    if (const auto found = items.find(std::string(attribute(entry, "idref"))); found != items.end()) book.chapters.push_back(found->second);
  return book;
}

bool is_void(std::string_view tag) {
  static constexpr std::string_view kNames[] = {"br", "hr", "img", "meta", "link", "col", "input", "area", "base", "wbr", "source", "embed"};
  return std::find(std::begin(kNames), std::end(kNames), tag) != std::end(kNames);
}

// XHTML may write <title/>; read as HTML that would be the beginning of a title that never ends.
std::string with_closing_tags(const std::string& xhtml) {
  std::string out;
  std::size_t from = 0;
  for (auto end = xhtml.find("/>"); end != std::string::npos; end = xhtml.find("/>", end + 2)) {
    const auto begin = xhtml.rfind('<', end);
    if (begin == std::string::npos || begin < from) continue;
    const auto name_end = std::min(xhtml.find_first_of(" \t\r\n/", begin), end);
    const auto name = xhtml.substr(begin + 1, name_end - begin - 1);
    if (name.empty() || name[0] == '!' || name[0] == '?' || is_void(name)) continue;
    out.append(xhtml, from, end - from);
    out += "></" + name + ">";
    from = end + 2;
  }
  return out.append(xhtml, from);
}

}  // namespace

void EpubExtractor::extract(const Request& request, Output& output) {
  ZipArchive archive(request.file);
  if (archive.has("META-INF/encryption.xml") && archive.has("META-INF/rights.xml"))
    throw Failure(FailureCode::unsupported, "the book is protected by its seller (DRM) and cannot be read");
  const auto book = read_book(archive);
  output.document({"epub", "application/epub+zip", book.title});
  BlockJoiner joiner(output);
  for (const auto& chapter : book.chapters) {
    const auto bytes = archive.read_if_there(chapter);
    if (!bytes.empty()) tell_html(with_closing_tags(decode_text(bytes, declared_charset(bytes))), joiner);
  }
}

}  // namespace fragua::documents::extractors
