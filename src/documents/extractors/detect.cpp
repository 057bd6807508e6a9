#include "documents/extractors/detect.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include "base/strings.h"
#include "documents/extractors/office/ole_file.h"
#include "documents/extractors/office/zip_archive.h"
#include "documents/extractors/text/charset.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kHeadBytes = 64 << 10;
constexpr std::size_t kPdfWithinBytes = 1024;
constexpr std::size_t kTagsWithinBytes = 4096;

constexpr const char* kReadable =
    "PDF, Word (DOCX, DOC), Excel (XLSX, XLS), PowerPoint (PPTX, PPT), OpenDocument (ODT, ODS, ODP), RTF, HTML, EPUB, Markdown, CSV, "
    "text, e-mail (EML), pictures of text (PNG, JPEG, TIFF, BMP, HEIC) and ZIP archives of these can be read";

[[noreturn]] void unsupported(const std::string& what) {
  throw Failure(FailureCode::unsupported, "this looks like " + what + ", which cannot be read; " + kReadable);
}

std::string read_head(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Failure(FailureCode::damaged, "the file could not be opened");
  std::string head(kHeadBytes, '\0');
  in.read(head.data(), std::streamsize(head.size()));
  head.resize(std::size_t(in.gcount()));
  return head;
}

struct Magic {
  std::size_t at;
  std::string_view bytes;
  Format format;
};
constexpr std::array<Magic, 7> kMagics{{
    {0, "\x89PNG\r\n\x1A\n", Format::png},
    {0, "\xFF\xD8\xFF", Format::jpeg},
    {0, {"II*\0", 4}, Format::tiff},
    {0, {"MM\0*", 4}, Format::tiff},
    {0, "{\\rtf", Format::rtf},
    {0, "%PDF-", Format::pdf},
    {4, "ftyphei", Format::heic},
}};

struct Foreign {
  std::size_t at;
  std::string_view bytes;
  const char* what;
};
constexpr std::array<Foreign, 21> kForeign{{
    {0, "GIF8", "a GIF picture"},
    {8, "WEBP", "a WebP picture"},
    {0, {"\0\0\1\0", 4}, "an icon"},
    {0, "\x1F\x8B", "a gzip archive"},
    {0, "7z\xBC\xAF\x27\x1C", "a 7-Zip archive"},
    {0, "Rar!", "a RAR archive"},
    {0, "BZh", "a bzip2 archive"},
    {0, "\xFD" "7zXZ", "an xz archive"},
    {0, "\x28\xB5\x2F\xFD", "a Zstandard archive"},
    {257, "ustar", "a tar archive"},
    {0, "\x7F" "ELF", "a program"},
    {0, "MZ", "a Windows program"},
    {0, "%!PS", "a PostScript file"},
    {0, "ID3", "a sound file"},
    {0, "OggS", "a sound or video file"},
    {0, "fLaC", "a sound file"},
    {0, "RIFF", "a sound or video file"},
    {4, "ftyp", "a video file"},
    {0, "\x1A\x45\xDF\xA3", "a video file"},
    {0, {"SQLite format 3\0", 16}, "an SQLite database"},
    {0, "8BPS", "a Photoshop file"},
}};

bool has_at(std::string_view text, std::size_t at, std::string_view bytes) { return text.size() >= at + bytes.size() && text.substr(at, bytes.size()) == bytes; }

bool is_heic_brand(std::string_view head) {
  if (!has_at(head, 4, "ftyp")) return false;
  const auto brand = head.substr(8, 4);
  return brand == "mif1" || brand == "msf1" || brand == "heic" || brand == "heix" || brand == "heim" || brand == "heis" || brand == "avif";
}

// A bitmap says its own size and how many bytes its header has.
bool is_bmp(std::string_view head) {
  return head.size() > 26 && head.starts_with("BM") && head[15] == 0 && (head[14] == 12 || head[14] == 40 || head[14] == 56 || head[14] == 108 || head[14] == 124);
}

Format zip_format(const fs::path& file) {
  ZipArchive archive(file);
  if (archive.has("mimetype")) {
    const auto type = std::string(trimmed(archive.read("mimetype")));
    if (type == "application/epub+zip") return Format::epub;
    if (type.starts_with("application/vnd.oasis.opendocument.text")) return Format::odt;
    if (type.starts_with("application/vnd.oasis.opendocument.spreadsheet")) return Format::ods;
    if (type.starts_with("application/vnd.oasis.opendocument.presentation")) return Format::odp;
  }
  if (archive.has("META-INF/container.xml")) return Format::epub;
  if (archive.has("xl/workbook.bin")) unsupported("a binary Excel workbook (XLSB)");
  if (!archive.has("[Content_Types].xml")) return Format::zip;
  std::set<std::string> folders;
  for (const auto& name : archive.names()) folders.insert(name.substr(0, name.find('/')));
  if (folders.contains("word")) return Format::docx;
  if (folders.contains("xl")) return Format::xlsx;
  if (folders.contains("ppt")) return Format::pptx;
  unsupported("an office document of an unknown kind");
}

Format ole_format(const fs::path& file) {
  const OleFile ole(file);
  if (ole.has("EncryptedPackage")) return Format::encrypted_office;
  if (ole.has("WordDocument")) return Format::doc;
  if (ole.has("Workbook") || ole.has("Book")) return Format::xls;
  if (ole.has("PowerPoint Document")) return Format::ppt;
  if (ole.has("__properties_version1.0")) unsupported("an Outlook message (MSG)");
  unsupported("an old Windows document of an unknown kind");
}

// Header fields as a mail begins with, before the first empty line.
bool is_mail(std::string_view text) {
  static constexpr std::string_view kFields[] = {"from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path", "delivered-to", "content-type"};
  std::set<std::string> found;
  for (int i = 0; i < 60 && !text.empty(); ++i) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (trimmed(line).empty()) break;
    if (line[0] == ' ' || line[0] == '\t' || line.starts_with("From ")) continue;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || line.substr(0, colon).find(' ') != std::string_view::npos) return false;
    const auto name = lowercase(line.substr(0, colon));
    if (std::find(std::begin(kFields), std::end(kFields), name) != std::end(kFields)) found.insert(name);
  }
  return found.size() >= 3 && found.contains("from");
}

bool is_html(std::string_view text, const std::string& name) {
  auto head = lowercase(text.substr(0, kTagsWithinBytes));
  auto rest = trimmed(head);
  if (rest.starts_with("<!doctype html") || rest.starts_with("<html")) return true;
  const bool named = name.ends_with(".html") || name.ends_with(".htm") || name.ends_with(".xhtml");
  for (const std::string_view tag : {"<html", "<body", "<head>", "<head "})
    if (rest.starts_with('<') && rest.find(tag) != std::string_view::npos) return true;
  if (!rest.starts_with('<') && !named) return false;
  for (const std::string_view tag : {"<div", "<p>", "<p ", "<table", "<h1", "<h2", "<ul", "<span", "<br"})
    if (rest.find(tag) != std::string_view::npos && (named || rest.starts_with("<!--") || rest.starts_with(tag))) return true;
  return false;
}

Format text_format(std::string_view head, const std::string& name) {
  const auto text = decode_text(head);
  if (is_html(text, name)) return Format::html;
  const auto start = lowercase(trimmed(text).substr(0, kTagsWithinBytes));
  if (start.starts_with("<svg") || (start.starts_with("<?xml") && start.find("<svg") != std::string::npos)) unsupported("a drawing (SVG)");
  if (is_mail(text)) return Format::mail;
  if (name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".tab")) return Format::csv;
  if (name.ends_with(".md") || name.ends_with(".markdown")) return Format::markdown;
  return Format::text;
}

}  // namespace

Format detect(const fs::path& file, const std::string& name) {
  const auto head = read_head(file);
  if (trimmed(head).empty() && head.size() < kHeadBytes) throw Failure(FailureCode::empty, "the file is empty");
  for (const auto& magic : kMagics)
    if (has_at(head, magic.at, magic.bytes)) return magic.format;
  if (is_heic_brand(head)) return Format::heic;
  if (is_bmp(head)) return Format::bmp;
  if (has_at(head, 0, "PK\x03\x04") || has_at(head, 0, "PK\x05\x06")) return zip_format(file);
  if (has_at(head, 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return ole_format(file);
  for (const auto& foreign : kForeign)
    if (has_at(head, foreign.at, foreign.bytes)) unsupported(foreign.what);
  if (std::string_view(head).substr(0, kPdfWithinBytes).find("%PDF-") != std::string_view::npos) return Format::pdf;
  if (looks_like_text(head)) return text_format(head, lowercase(name));
  unsupported("binary data");
}

}  // namespace fragua::documents::extractors
