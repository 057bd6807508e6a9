#include "documents/extractors/draw.h"

#include <algorithm>

#include "base/files.h"
#include "documents/extractors/ocr/image.h"
#include "documents/extractors/ocr/image_size.h"
#include "documents/extractors/office/converter.h"
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

}  // namespace

std::string draw_page(const Request& request, Format format, const Drawing& drawing, const Tools& tools) {
  const int page = std::max(drawing.page, 1), width = std::clamp(drawing.width, 16, kWidthMax);
  if (format == Format::pdf) return read_file(PdfTools(tools, request.file, request.password).drawing(page, width), kPictureMaxBytes);
  if (const auto ending = ending_of(format); !ending.empty()) {
    const auto pdf = Converter(tools).convert(request.file, ending, "pdf");
    return read_file(PdfTools(tools, pdf, "").drawing(page, width), kPictureMaxBytes);
  }
  if (format == Format::png || format == Format::jpeg || format == Format::heic) {
    image_sizes(request.file, format, request.pages_max);
    return read_file(readable_picture(request.file, format, tools), kPictureMaxBytes);
  }
  throw Failure(FailureCode::unsupported, "documents of this kind have no pages that could be drawn");
}

}  // namespace fragua::documents::extractors
