#include "models/byte_cursor.h"

#include "fixtures.h"

using namespace fragua;
using namespace fragua::models;

TEST_CASE("byte cursor: reads across its window, from a file as from memory") {
  TemporaryFolder folder;
  std::string bytes(600'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = char(i * 31 % 251);
  write_file_atomically(folder / "data", bytes);
  const auto from_file = open_source(folder / "data");
  const auto from_memory = source_of(bytes);
  for (auto* source : {from_file.get(), from_memory.get()}) {
    ByteCursor cursor(*source, UINT64_MAX);
    CHECK(cursor.string(300'001) == bytes.substr(0, 300'001));
    cursor.skip(199'999);
    CHECK(cursor.position() == 500'000);
    CHECK(cursor.string(100'000) == bytes.substr(500'000));
    CHECK(cursor.left() == 0);
  }
}

TEST_CASE("byte cursor: past the end is an error that names the byte, and allocates nothing") {
  const std::string bytes = "12345678";
  const auto source = source_of(bytes);
  ByteCursor cursor(*source, 100);
  CHECK(cursor.number<std::uint32_t>() == 0x34333231);
  CHECK(error_of([&] { cursor.number<std::uint64_t>(); }).second.find("byte 8") != std::string::npos);
  CHECK(error_of([&] { cursor.string(SIZE_MAX / 2); }).first == "corrupt");
  CHECK(error_of([&] { cursor.skip(UINT64_MAX); }).first == "corrupt");
  CHECK(cursor.position() == 4);
}

TEST_CASE("byte cursor: folders and missing files are errors without a path") {
  TemporaryFolder folder;
  CHECK(error_of([&] { open_source(folder.path()); }).first == "unsupported");
  const auto [code, message] = error_of([&] { open_source(folder / "missing.gguf"); });
  CHECK(code == "not_found");
  CHECK(message.find(folder.path().string()) == std::string::npos);
}
