#include "documents/extractors/draw.h"

#include <algorithm>

#include "base/files.h"
#include "documents/extractors/ocr/image.h"
#include "documents/extractors/ocr/image_size.h"
#include "documents/extractors/office/converter.h"
#include "documents/extractors/pdf/opened.h"
#include "documents/extractors/pdf/pdf_tools.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kWidthMax = 4'000;
constexpr std::uint64_t kPictureMaxBytes = 6 << 20;  // as it stands in one line of the protocol

std::string ending_of(Format format) {
  switch (format) {
    case Format::docx: return "docx";
    case Format::xlsx: return "xlsx";
    case Format::pptx: return "pptx";
    case Format::odt: return "odt";
    case Format::ods: return "ods";
    case Format::odp: return "odp";
    case Format::doc: return "doc";
    case Format::xls: return "xls";
    case Format::ppt: return "ppt";
    case Format::rtf: return "rtf";
    default: return "";
  }
}

// LibreOffice's name of a PDF with the pages that were counted when the document was read: one for each sheet, and hidden slides too.
std::string pdf_of(Format format) {
  switch (format) {
    case Format::xlsx:
    case Format::ods:
    case Format::xls: return R"(pdf:calc_pdf_Export:{"SinglePageSheets":{"type":"boolean","value":"true"}})";
    case Format::pptx:
    case Format::odp:
    case Format::ppt: return R"(pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}})";
    default: return "pdf";
  }
}

bool is_picture(Format format) { return format == Format::png || format == Format::jpeg || format == Format::bmp || format == Format::heic; }

// All of its pages, each as large as its picture.
fs::path tiff_as_pdf(const Request& request, const Tools& tools) {
  image_sizes(request.file, Format::tiff, request.pages_max);
  const auto pdf = tools.scratch() / "picture.pdf";
  if (fs::exists(pdf)) return pdf;
  const auto result = tools.run({{"tiff2pdf", "-o", pdf.string(), request.file.string()}, "libtiff-tools"});
  check_decoded(result, result.status == 0);
  return pdf;
}

// As it is where browsers show it and it fits into a line, else a smaller PNG of it.
fs::path shown_picture(const Request& request, Format format, int width, const Tools& tools) {
  const auto size = image_sizes(request.file, format, request.pages_max).front();
  const auto picture = readable_picture(request.file, format, tools);
  if (format != Format::bmp && fs::file_size(picture) <= kPictureMaxBytes) return picture;
  const auto shown = tools.scratch() / "shown.png";
  const auto longer = std::max(size.width, size.height) * std::uint64_t(width) / size.width;
  const auto result = tools.run({{"gdk-pixbuf-thumbnailer", "-s", std::to_string(longer), picture.string(), shown.string()}, "libgdk-pixbuf2.0-bin"});
  check_decoded(result, result.status == 0 && fs::exists(shown));
  return shown;
}

}  // namespace

std::string draw_page(const Request& request, Format format, const Drawing& drawing, const Tools& tools) {
  const int page = std::max(drawing.page, 1), width = std::clamp(drawing.width, 16, kWidthMax);
  const auto draw_pdf = [&](const fs::path& pdf) { return read_file(PdfTools(tools, pdf).drawing(page, width), kPictureMaxBytes); };
  if (format == Format::pdf) return draw_pdf(opened_pdf(request, tools));
  if (const auto ending = ending_of(format); !ending.empty()) return draw_pdf(Converter(tools).convert(request.file, ending, pdf_of(format)));
  if (format == Format::tiff) return draw_pdf(tiff_as_pdf(request, tools));
  if (is_picture(format)) return read_file(shown_picture(request, format, width, tools), kPictureMaxBytes);
  if (format == Format::encrypted_office) throw Failure(FailureCode::password_needed, "the document is protected by a password");
  throw Failure(FailureCode::unsupported, "documents of this kind have no pages that could be drawn");
}

}  // namespace fragua::documents::extractors
