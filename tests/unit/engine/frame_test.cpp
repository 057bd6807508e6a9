#include "engine/frame.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace fragua;
using namespace fragua::engine;

TEST_CASE("frame: a frame comes back as it went") {
  const auto bytes = encode_frame(FrameKind::generate, 77, "hello");
  FrameHeaderBytes header;
  std::copy_n(bytes.begin(), header.size(), header.begin());
  const auto decoded = decode_frame_header(header);
  CHECK(decoded.kind == FrameKind::generate);
  CHECK(decoded.request == 77);
  CHECK(decoded.payload_bytes == 5);
  CHECK(bytes.substr(kFrameHeaderBytes) == "hello");
}

TEST_CASE("frame: a broken peer is an error, not a crash") {
  FrameHeaderBytes header{};
  header[4] = 50;
  CHECK_THROWS_AS(decode_frame_header(header), Error);
  header[4] = char(FrameKind::done);
  header[3] = char(0x7f);
  CHECK_THROWS_AS(decode_frame_header(header), Error);
  CHECK_THROWS_AS(decode_embeddings("1234567"), Error);
}

TEST_CASE("frame: embeddings travel as bytes and keep every bit") {
  const Embeddings embeddings{2, 9, {0.1F, -0.25F, 3e-12F, 1.0F}};
  const auto back = decode_embeddings(encode_embeddings(embeddings));
  CHECK(back.dimensions == 2);
  CHECK(back.prompt_tokens == 9);
  CHECK(back.values == embeddings.values);
}
