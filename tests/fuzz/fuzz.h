// What fuzzers share: our errors are a right answer to wrong input; anything else that goes wrong ends the program.
// Callers: tests/fuzz/*_fuzz.cpp. Each defines `void fuzz(std::string_view input)`. Threads: one.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.h"

void fuzz(std::string_view input);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    fuzz(std::string_view(reinterpret_cast<const char*>(data), size));
  } catch (const fragua::Error& error) {
    CHECK_THAT(error.code() != fragua::ErrorCode::internal);
  }
  return 0;
}
