#include "catalogue/sources/byte_stream.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include "unit/catalogue/sources/recording_sink.h"
#include "support/temporary_folder.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::error_of;

namespace {

std::string gzipped(const std::string& text) {
  z_stream state{};
  REQUIRE(deflateInit2(&state, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(compressBound(uLong(text.size())) + 64, '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  state.avail_in = uInt(text.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = uInt(out.size());
  REQUIRE(deflate(&state, Z_FINISH) == Z_STREAM_END);
  out.resize(state.total_out);
  deflateEnd(&state);
  return out;
}

std::string all_of(const fs::path& file) {
  const auto stream = open_bytes(file);
  std::string all, block(1000, '\0');
  while (const auto count = stream->read(block)) all.append(block, 0, count);
  return all;
}

}  // namespace

TEST_CASE("byte stream: plain and gzip files give the same bytes, several members too") {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "data";
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += "line " + std::to_string(i) + "\n";
  write_file_atomically(file, text);
  CHECK_FALSE(is_gzip(file));
  CHECK(all_of(file) == text);
  write_file_atomically(file, gzipped(text));
  CHECK(is_gzip(file));
  CHECK(all_of(file) == text);
  write_file_atomically(file, gzipped("one ") + gzipped("two"));
  CHECK(all_of(file) == "one two");
  CHECK(head_of(file, 5) == "one t");
}

TEST_CASE("byte stream: gzip that is cut off or damaged is said, never taken for the end") {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "data";
  const auto whole = gzipped(std::string(100'000, 'x') + "end");
  write_file_atomically(file, whole.substr(0, whole.size() / 2));
  CHECK(error_of([&] { all_of(file); }) == "the gzip file is cut off: send it again");
  auto damaged = whole;
  damaged[whole.size() - 6] ^= 0x55;
  write_file_atomically(file, damaged);
  CHECK(error_of([&] { all_of(file); }) == "the gzip file is damaged: send it again");
}
