// GGUF header: any bytes are refused as damaged or unsupported, or read; what was read lies inside the file.
#include "fuzz/fuzz.h"
#include "models/gguf_facts.h"

using namespace fragua;
using namespace fragua::models;

namespace {

void check(const GgufHeader& header, std::string_view input) {
  for (const auto& tensor : header.tensors)
    CHECK_THAT(tensor.bytes == 0 || header.data_offset + tensor.offset + tensor.bytes <= input.size());
  CHECK_THAT(facts_of(header).parameter_size.size() < 24);
  incompatible_layout(header);
}

}  // namespace

void fuzz(std::string_view input) {
  try {
    check(inspect_gguf_bytes(input, GgufDetail::all), input);
    check(inspect_gguf_bytes(input, GgufDetail::brief), input);
  } catch (const Error& error) {
    CHECK_THAT(error.code() == ErrorCode::corrupt || error.code() == ErrorCode::unsupported);
  }
}
