#include "models/gguf_types.h"

#include <doctest/doctest.h>

using namespace fragua::models;

TEST_CASE("GGUF types: sizes of blocks are ggml's, removed types are unknown") {
  CHECK(layout_of(0)->block_bytes == 4);
  CHECK(layout_of(12)->name == "Q4_K");
  CHECK(layout_of(12)->block_elements == 256);
  CHECK(layout_of(12)->block_bytes == 144);
  for (const std::uint32_t removed : {4u, 5u, 31u, 32u, 33u, 36u, 38u, 43u, 0xffffffffu})
    CHECK_FALSE(layout_of(removed));
}

TEST_CASE("GGUF types: file types have the names people use, in any case") {
  CHECK(file_type_name(15) == "Q4_K_M");
  CHECK(file_type_name(0) == "F32");
  CHECK(file_type_name(1024) == "unknown");
  CHECK(file_type_number("q4_k_m") == 15);
  CHECK(file_type_number("Q4_K") == 15);
  CHECK(file_type_number("q8_0") == 7);
  CHECK_FALSE(file_type_number("q9"));
  CHECK_FALSE(file_type_number(""));
}
