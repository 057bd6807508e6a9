#include "documents/extractors/ocr/image.h"

#include <algorithm>

#include "documents/extractors/layout/page_teller.h"
#include "documents/extractors/ocr/image_size.h"
#include "documents/extractors/ocr/recognizer.h"

namespace fragua::documents::extractors {

namespace {

struct Names {
  const char* format;
  const char* media_type;
};

Names names_of(Format format) {
  switch (format) {
    case Format::png: return {"png", "image/png"};
    case Format::jpeg: return {"jpeg", "image/jpeg"};
    case Format::bmp: return {"bmp", "image/bmp"};
    case Format::heic: return {"heic", "image/heic"};
    default: return {"tiff", "image/tiff"};
  }
}

// From fractions of the picture as it is stored to fractions of it as it is shown.
Box as_shown(const Box& box, int turned) {
  switch (turned) {
    case 90: return {1 - box.y1, box.x0, 1 - box.y0, box.x1};
    case 180: return {1 - box.x1, 1 - box.y1, 1 - box.x0, 1 - box.y0};
    case 270: return {box.y0, 1 - box.x1, box.y1, 1 - box.x0};
    default: return box;
  }
}

void tell(const RecognizedPage& page, int number, int turned, Output& output) {
  const auto blocks = page_blocks(page.lines, typical_size({&page.lines}));
  const bool lies = turned % 180 != 0;
  Page told{number, "", lies ? page.height : page.width, lies ? page.width : page.height, true, page.confidence, {}};
  tell_page(std::move(told), blocks, {}, [&](const Box& box) { return as_shown(page.back(box), turned); }, output);
}

}  // namespace

fs::path readable_picture(const fs::path& file, Format format, const Tools& tools) {
  if (format != Format::heic) return file;
  const auto picture = tools.scratch() / "picture.png";
  const auto result = tools.run({{"heif-convert", file.string(), picture.string()}, "libheif-examples", std::chrono::seconds(60)});
  // Of several pictures in one file the first counts.
  const auto made = fs::exists(picture) ? picture : tools.scratch() / "picture-1.png";
  check_decoded(result, fs::exists(made));
  return made;
}

void check_decoded(const ToolResult& result, bool is_made) {
  if (result.timed_out) throw Failure(FailureCode::too_large, "decoding the picture took longer than allowed");
  if (!is_made) throw Failure(FailureCode::damaged, "the picture is damaged: it cannot be decoded");
}

void ImageExtractor::extract(const Request& request, Output& output) {
  const auto sizes = image_sizes(request.file, format_, request.pages_max);
  const auto names = names_of(format_);
  const auto picture = readable_picture(request.file, format_, tools_);
  const auto pages = Recognizer(tools_, request.languages).read({picture}, 0).front();
  output.document({names.format, names.media_type, "", int(std::max<std::size_t>(pages.size(), 1))});
  int number = 0;
  for (const auto& page : pages) tell(page, ++number, sizes.front().turned, output);
}

}  // namespace fragua::documents::extractors
