#include "documents/extractors/ocr/image_size.h"

#include <doctest/doctest.h>

#include "base/files.h"
#include "support/temporary_folder.h"

using namespace fragua;
using namespace fragua::documents::extractors;
using namespace std::string_literals;

namespace {

std::string size_of(const std::string& bytes, Format format) {
  const fragua::tests::TemporaryFolder folder;
  const auto file = folder.path() / "picture";
  write_file_atomically(file, bytes);
  try {
    std::string out;
    for (const auto& size : image_sizes(file, format, 3)) out += std::to_string(size.width) + "x" + std::to_string(size.height) + " ";
    return out;
  } catch (const Failure& failure) {
    return failure.code() == FailureCode::too_large ? "too large" : "damaged";
  }
}

std::string tiff(std::initializer_list<std::string> directories) {
  std::string out = "II*\0"s;
  for (const auto& directory : directories) out += directory;
  return out;
}

}  // namespace

TEST_CASE("image size: from the headers of every format") {
  CHECK(size_of("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x40"s, Format::png) == "256x64 ");
  CHECK(size_of("\xFF\xD8\xFF\xE0\0\x04..\xFF\xC0\0\x11\x08\0\x20\0\x10...."s, Format::jpeg) == "16x32 ");
  CHECK(size_of("BM............\x28\0\0\0\x05\0\0\0\xFC\xFF\xFF\xFF"s, Format::bmp) == "5x4 ");
  CHECK(size_of("....ftypheic....ispe\0\0\0\0\0\0\x02\0\0\0\x01\0....ispe\0\0\0\0\0\0\0\x10\0\0\0\x10"s, Format::heic) == "512x256 ");
  const auto directory = [](char next) { return "\x02\0\0\x01\x03\0\x01\0\0\0\x07\0\0\0\x01\x01\x04\0\x01\0\0\0\x09\0\0\0"s + next + "\0\0\0"s; };
  CHECK(size_of(tiff({"\x08\0\0\0"s, directory(0)}), Format::tiff) == "7x9 ");
  CHECK(size_of(tiff({"\x08\0\0\0"s, directory(38), directory(0)}), Format::tiff) == "7x9 7x9 ");
  CHECK(size_of(tiff({"\x08\0\0\0"s, directory(38), directory(8)}), Format::tiff) == "damaged");
}

TEST_CASE("image size: too many points and headers that make no sense") {
  CHECK(size_of("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\xC3\x50\0\0\xC3\x50"s, Format::png) == "too large");
  CHECK(size_of("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x01"s, Format::png) == "damaged");
  CHECK(size_of("\x89PNG", Format::png) == "damaged");
  CHECK(size_of("\xFF\xD8\xFF", Format::jpeg) == "damaged");
  CHECK(size_of("\xFF\xD8\xFF\xE0\0\0\0\0\0\0\0\0"s, Format::jpeg) == "damaged");
}
