#include "documents/extractors/office/odf.h"

#include <algorithm>
#include <set>

#include "documents/extractors/office/odf_text.h"
#include "documents/extractors/office/ods.h"
#include "documents/extractors/office/xml.h"
#include "documents/extractors/office/zip_archive.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

std::string title_of(ZipArchive& archive) {
  const auto xml = archive.read_if_there("meta.xml");
  if (xml.empty()) return "";
  const XmlDocument document(xml);
  return tidy_line(descendant(document.root(), "title").text().get());
}

void check_not_encrypted(ZipArchive& archive, const Request& request) {
  const auto xml = archive.read_if_there("META-INF/manifest.xml");
  if (xml.empty() || xml.find("encryption-data") == std::string::npos) return;
  if (request.password.empty()) throw Failure(FailureCode::password_needed, "the document is protected by a password");
  throw Failure(FailureCode::unsupported, "encrypted OpenDocument files cannot be read: save it without a password");
}

// Headers or footers of the pages' masters, each text once.
void tell_margins(ZipArchive& archive, std::string_view kind, BlockJoiner& joiner) {
  const auto xml = archive.read_if_there("styles.xml");
  if (xml.empty()) return;
  const XmlDocument document(xml);
  std::set<std::string> told{""};
  for (const auto master : children(child(document.root(), "master-styles"), "master-page"))
    for (const auto margin : children(master, kind))
      for (const auto paragraph : margin.children())
        if (const auto text = odf_paragraph_text(paragraph); told.insert(text).second) joiner.paragraph(text);
}

void tell_text(ZipArchive& archive, pugi::xml_node body, Output& output) {
  BlockJoiner joiner(output);
  tell_margins(archive, "header", joiner);
  tell_odf(body, joiner);
  tell_margins(archive, "footer", joiner);
  joiner.flush();
}

struct Frame {
  pugi::xml_node node;
  bool title = false;
  double top = 0, left = 0;
};

// "2.54cm": frames of a slide are compared only with each other, and one writer uses one unit.
double length(std::string_view text) { return text.empty() ? 0 : std::atof(std::string(text).c_str()); }

void collect_frames(pugi::xml_node node, std::vector<Frame>& frames) {
  for (const auto inner : node.children()) {
    if (is(inner, "notes")) continue;
    const auto kind = attribute(inner, "class");
    if (kind == "page-number" || kind == "footer" || kind == "date-time" || kind == "header") continue;
    if (is(inner, "g")) {
      collect_frames(inner, frames);
    } else {
      frames.push_back({inner, kind == "title", length(attribute(inner, "y")), length(attribute(inner, "x"))});
    }
  }
}

void tell_slide(pugi::xml_node slide, BlockJoiner& joiner) {
  std::vector<Frame> frames;
  collect_frames(slide, frames);
  std::stable_sort(frames.begin(), frames.end(), [](const Frame& a, const Frame& b) {
    return std::tuple(!a.title, a.top, a.left) < std::tuple(!b.title, b.top, b.left);
  });
  for (const auto& frame : frames) {
    if (frame.title) {
      joiner.heading(1, odf_paragraph_text(child(frame.node, "text-box")));
    } else {
      tell_odf(frame.node, joiner);
    }
  }
  if (const auto notes = child(slide, "notes")) tell_odf(notes, joiner);
}

void tell_slides(pugi::xml_node body, int pages, Output& output) {
  const auto slides = children(body, "page");
  BlockJoiner joiner(output);
  for (int page = 1; page <= pages; ++page) {
    const auto slide = slides[std::size_t(page - 1)];
    joiner.start_page(page);
    output.page({page, std::string(attribute(slide, "name"))});
    tell_slide(slide, joiner);
  }
  joiner.flush();
}

struct Format {
  const char* name;
  const char* media_type;
  const char* body;
  const char* page;
};

Format format_of(OdfKind kind) {
  switch (kind) {
    case OdfKind::presentation: return {"odp", "application/vnd.oasis.opendocument.presentation", "presentation", "page"};
    case OdfKind::spreadsheet: return {"ods", "application/vnd.oasis.opendocument.spreadsheet", "spreadsheet", "table"};
    case OdfKind::text: break;
  }
  return {"odt", "application/vnd.oasis.opendocument.text", "text", ""};
}

}  // namespace

void OdfExtractor::extract(const Request& request, Output& output) {
  ZipArchive archive(request.file);
  check_not_encrypted(archive, request);
  const XmlDocument document(archive.read("content.xml"));
  const auto format = format_of(kind_);
  const auto body = child(child(document.root(), "body"), format.body);
  const auto pages = int(children(body, format.page).size());
  if (pages > request.pages_max) throw Failure(FailureCode::too_large, "the document has too many pages");
  output.document({format.name, format.media_type, title_of(archive), pages});
  if (kind_ == OdfKind::text) return tell_text(archive, body, output);
  if (kind_ == OdfKind::presentation) return tell_slides(body, pages, output);
  tell_ods_sheets(body, output);
}

}  // namespace fragua::documents::extractors
