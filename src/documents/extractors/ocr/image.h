// Pictures of text: PNG, JPEG, BMP, TIFF with its pages, HEIC by way of heif-convert. Callers: registry. Threads: one.
// The size is read from the header first: what is too large is never decoded.
#pragma once
#include "documents/extractors/detect.h"
#include "documents/extractors/extractor.h"
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

class ImageExtractor : public Extractor {
 public:
  ImageExtractor(const Tools& tools, Format format) : tools_(tools), format_(format) {}
  void extract(const Request& request, Output& output) override;

 private:
  const Tools& tools_;
  Format format_;
};

// A file that tesseract and browsers read: the picture itself, or a PNG of a HEIC picture in the scratch folder.
fs::path readable_picture(const fs::path& file, Format format, const Tools& tools);

// After a program that makes another picture of one. Failure: too_large (too slow), damaged.
void check_decoded(const ToolResult& result, bool is_made);

}  // namespace fragua::documents::extractors
