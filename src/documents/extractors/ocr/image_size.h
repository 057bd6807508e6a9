// How large a picture is, and which way up it was taken, from its header: nothing is decoded. Callers: ocr/image. Threads: any.
// Failure(damaged): a header that makes no sense.
#pragma once
#include <cstdint>
#include <vector>

#include "documents/extractors/detect.h"
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

struct ImageSize {
  std::uint64_t width = 0;
  std::uint64_t height = 0;
  int turned = 0;  // degrees clockwise by which viewers turn the picture before they show it (Exif)
  std::uint64_t pixels() const { return width * height; }
};

constexpr std::uint64_t kPixelsMax = 100'000'000;

// One a page: only TIFF has several. Failure(too_large): a page with more than kPixelsMax pixels, or too many pages.
std::vector<ImageSize> image_sizes(const fs::path& file, Format format, int pages_max);

}  // namespace fragua::documents::extractors
