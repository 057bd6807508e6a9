#include "documents/extractors/ocr/image_size.h"

#include <algorithm>
#include <set>

#include "base/files.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::uint64_t kFileMaxBytes = 512ull << 20;
constexpr std::uint64_t kSideMax = 1 << 30;
constexpr std::size_t kDirectoryEntriesMax = 4096;
constexpr std::uint64_t kOrientationTag = 0x0112;

[[noreturn]] void damaged() { throw Failure(FailureCode::damaged, "the picture is damaged: its size cannot be read"); }

// Numbers from bytes, in either order; beyond the end is damage.
class Bytes {
 public:
  Bytes(std::string_view bytes, bool little_endian) : bytes_(bytes), little_endian_(little_endian) {}
  std::uint64_t number(std::size_t at, std::size_t length) const {
    if (at > bytes_.size() || bytes_.size() - at < length) damaged();
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < length; ++i) value = value << 8 | static_cast<unsigned char>(bytes_[little_endian_ ? at + length - 1 - i : at + i]);
    return value;
  }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
  bool little_endian_;
};

ImageSize png_size(std::string_view bytes) {
  const Bytes in(bytes, false);
  return {in.number(16, 4), in.number(20, 4)};
}

ImageSize bmp_size(std::string_view bytes) {
  const Bytes in(bytes, true);
  if (in.number(14, 4) == 12) return {in.number(18, 2), in.number(20, 2)};
  const auto height = std::int32_t(in.number(22, 4));  // negative: from top to bottom
  return {in.number(18, 4), std::uint64_t(std::abs(std::int64_t(height)))};
}

// From the first directory of an Exif segment, which is a small TIFF. What makes no sense turns nothing.
int exif_turn(std::string_view segment) {
  if (!segment.starts_with(std::string_view("Exif\0\0", 6)) || segment.size() < 6 + 8) return 0;
  segment.remove_prefix(6);
  const Bytes in(segment, segment.starts_with("II"));
  const auto at = in.number(4, 4);
  if (at + 2 > segment.size()) return 0;
  for (std::uint64_t i = 0, entries = in.number(at, 2); i < entries && at + 2 + 12 * (i + 1) <= segment.size(); ++i) {
    if (in.number(at + 2 + 12 * i, 2) != kOrientationTag) continue;
    const auto orientation = in.number(at + 2 + 12 * i + 8, 2);
    return orientation == 3 ? 180 : orientation == 6 ? 90 : orientation == 8 ? 270 : 0;
  }
  return 0;
}

ImageSize jpeg_size(std::string_view bytes) {
  const Bytes in(bytes, false);
  std::size_t at = 2;
  int turned = 0;
  while (at + 4 <= in.size()) {
    if (in.number(at, 1) != 0xFF) damaged();
    const auto marker = in.number(at + 1, 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) return {in.number(at + 7, 2), in.number(at + 5, 2), turned};
    if (marker == 0xE1 && turned == 0) turned = exif_turn(bytes.substr(at + 4, in.number(at + 2, 2)));
    const bool alone = marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
    at += alone ? 2 : 2 + in.number(at + 2, 2);
  }
  damaged();
}

std::vector<ImageSize> tiff_sizes(std::string_view bytes, int pages_max) {
  const Bytes in(bytes, bytes.starts_with("II"));
  std::vector<ImageSize> sizes;
  std::set<std::uint64_t> seen;
  for (auto at = in.number(4, 4); at != 0;) {
    if (sizes.size() >= std::size_t(pages_max)) throw Failure(FailureCode::too_large, "the picture has too many pages");
    const auto entries = in.number(at, 2);
    if (entries > kDirectoryEntriesMax) damaged();
    ImageSize size;
    for (std::uint64_t i = 0; i < entries; ++i) {
      const auto entry = at + 2 + 12 * i;
      const auto tag = in.number(entry, 2), type = in.number(entry + 2, 2);
      const auto value = in.number(entry + 8, type == 3 ? 2 : 4);
      if (tag == 256) size.width = value;
      if (tag == 257) size.height = value;
    }
    sizes.push_back(size);
    at = in.number(at + 2 + 12 * entries, 4);
    if (!seen.insert(at).second) damaged();  // a circle
  }
  return sizes;
}

// The largest of the sizes that the container names for its items.
ImageSize heic_size(std::string_view bytes) {
  const Bytes in(bytes, false);
  ImageSize largest;
  for (auto at = bytes.find("ispe"); at != std::string_view::npos; at = bytes.find("ispe", at + 4)) {
    if (at + 16 > bytes.size()) break;
    const ImageSize size{in.number(at + 8, 4), in.number(at + 12, 4)};
    if (size.width < kSideMax && size.height < kSideMax && size.pixels() > largest.pixels()) largest = size;
  }
  return largest;
}

std::vector<ImageSize> sizes_of(std::string_view bytes, Format format, int pages_max) {
  switch (format) {
    case Format::png: return {png_size(bytes)};
    case Format::bmp: return {bmp_size(bytes)};
    case Format::jpeg: return {jpeg_size(bytes)};
    case Format::heic: return {heic_size(bytes)};
    default: return tiff_sizes(bytes, pages_max);
  }
}

}  // namespace

std::vector<ImageSize> image_sizes(const fs::path& file, Format format, int pages_max) {
  const auto bytes = read_file(file, kFileMaxBytes);
  const auto sizes = sizes_of(bytes, format, pages_max);
  if (sizes.empty()) damaged();
  for (const auto& size : sizes) {
    if (size.width == 0 || size.height == 0 || size.width > kSideMax || size.height > kSideMax) damaged();
    if (size.pixels() > kPixelsMax)
      throw Failure(FailureCode::too_large, "the picture has " + std::to_string(size.pixels() / 1'000'000) + " megapixels; at most " +
                                                std::to_string(kPixelsMax / 1'000'000) + " are read");
  }
  return sizes;
}

}  // namespace fragua::documents::extractors
