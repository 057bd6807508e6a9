#include "models/safetensors/tensor_data.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

struct Produced {
  TensorType type = TensorType::f32;
  Rearrange rearrange = Rearrange::none;
  std::uint64_t heads = 0;
};

// The source is rows x columns, the first being the slower; the result's shape follows from the rearrangement.
std::string produced(const ToyTensor& source, const Produced& how) {
  const TemporaryFolder folder;
  write_file_atomically(folder / "m", safetensors_of({{"t", source}}));
  const SafetensorsFile file(folder / "m", "m");
  PlannedTensor planned;
  planned.type = how.type;
  planned.shape = source.shape;
  if (how.rearrange != Rearrange::transpose) std::reverse(planned.shape.begin(), planned.shape.end());
  planned.source = {&file, &file.tensors().at("t")};
  planned.rearrange = how.rearrange;
  planned.heads = how.heads;
  std::string result;
  produce_data(planned, [&](std::string_view bytes) { result += bytes; });
  return result;
}

ToyTensor numbered(std::vector<std::uint64_t> shape, const std::string& type = "F32") {
  std::vector<float> values;
  for (std::uint64_t i = 0; i < elements_of(shape); ++i) values.push_back(float(i));
  return {type, std::move(shape), bytes_of(values, type)};
}

}  // namespace

TEST_CASE("tensor data: each type of the file becomes each type of the GGUF") {
  const std::vector<float> values{0.0f, -1.5f, 3.0f, 100.0f};
  for (const std::string type : {"F32", "F16", "BF16"}) {
    CAPTURE(type);
    const ToyTensor source{type, {4}, bytes_of(values, type)};
    CHECK(produced(source, {TensorType::f32}) == bytes_of(values));
    CHECK(produced(source, {TensorType::f16}) == bytes_of(values, "F16"));
  }
}

TEST_CASE("tensor data: a large tensor is produced in pieces, whole") {
  const auto source = toy_tensor({3, 700'001});
  std::vector<float> values;
  for (std::uint64_t i = 0; i < elements_of(source.shape); ++i) values.push_back(toy_value(i));
  CHECK((produced(source, {TensorType::f16}) == bytes_of(values, "F16")));
}

TEST_CASE("tensor data: transposing swaps rows and columns, also in pieces") {
  CHECK(produced(numbered({2, 3}), {TensorType::f32, Rearrange::transpose}) == bytes_of({0, 3, 1, 4, 2, 5}));
  constexpr std::uint64_t kRows = 1500, kColumns = 1024;
  const auto result = produced(toy_tensor({kRows, kColumns}), {TensorType::f32, Rearrange::transpose});
  std::vector<float> expected;
  for (std::uint64_t column = 0; column < kColumns; ++column) {
    for (std::uint64_t row = 0; row < kRows; ++row) expected.push_back(toy_value(row * kColumns + column));
  }
  CHECK((result == bytes_of(expected)));
}

TEST_CASE("tensor data: rotary rows of a head are interleaved from its halves") {
  // Two heads of four rows: 0 1 | 2 3 and 4 5 | 6 7.
  CHECK(produced(numbered({8}), {TensorType::f32, Rearrange::rotary_rows, 2}) == bytes_of({0, 2, 1, 3, 4, 6, 5, 7}));
  CHECK(produced(numbered({4, 2}, "BF16"), {TensorType::f16, Rearrange::rotary_rows, 1}) ==
        bytes_of({0, 1, 4, 5, 2, 3, 6, 7}, "F16"));
}

TEST_CASE("tensor data: a value that F16 cannot hold is an error, an infinite one is kept") {
  const ToyTensor large{"F32", {2}, bytes_of({1.0f, 70000.0f})};
  CHECK(error_of([&] { produced(large, {TensorType::f16}); }).first == "unsupported");
  CHECK(produced(large, {TensorType::f32}) == large.bytes);
  const ToyTensor infinite{"F32", {1}, bytes_of({-std::numeric_limits<float>::infinity()})};
  CHECK(produced(infinite, {TensorType::f16}) == std::string("\x00\xfc", 2));
}

TEST_CASE("tensor data: a computed tensor is its values") {
  PlannedTensor planned;
  planned.values = {1.0f, 8.0f};
  std::string result;
  produce_data(planned, [&](std::string_view bytes) { result += bytes; });
  CHECK(result == bytes_of({1.0f, 8.0f}));
}
