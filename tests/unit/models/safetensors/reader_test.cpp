#include "models/safetensors/reader.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

std::pair<std::string, std::string> opened(const std::string& bytes) {
  const TemporaryFolder folder;
  write_file_atomically(folder / "x.safetensors", bytes);
  return error_of([&] { SafetensorsFile(folder / "x.safetensors", "x.safetensors"); });
}

std::string header_of(std::uint64_t length) { return std::string(reinterpret_cast<const char*>(&length), 8); }

}  // namespace

TEST_CASE("safetensors: a sound file gives its tensors, shapes and bytes") {
  const TemporaryFolder folder;
  write_file_atomically(folder / "m",
                        safetensors_of({{"a", toy_tensor({2, 3}, 1)}, {"b", toy_tensor({4}, 2, "BF16")}}));
  const SafetensorsFile file(folder / "m", "m");
  REQUIRE(file.tensors().size() == 2);
  const auto& a = file.tensors().at("a");
  CHECK(a.shape == std::vector<std::uint64_t>{2, 3});
  CHECK(a.type == SourceType::f32);
  CHECK(a.bytes == 24);
  CHECK(file.tensors().at("b").type == SourceType::bf16);
  std::string part(8, '\0');
  file.read(a, 4, part);
  CHECK(part == toy_tensor({2, 3}, 1).bytes.substr(4, 8));
}

TEST_CASE("safetensors: an empty model and an empty tensor are sound") {
  CHECK(opened(with_length("{}")).first == "none");
  CHECK(opened(with_length(R"({"a":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]}})")).first == "none");
  CHECK(opened(with_length(R"({"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}})", "1234")).first == "none");
}

TEST_CASE("safetensors: a hostile header is refused, with the reason") {
  struct Row {
    const char* about;
    std::string bytes;
    const char* code;
    const char* reason;
  };
  const std::string four = "1234";
  const auto entry = [&](const std::string& fields) { return with_length("{\"a\":{" + fields + "}}", four); };
  const std::string deep = "{\"a\":" + std::string(200, '[') + std::string(200, ']') + "}";
  std::string many = "{\"__metadata__\":{\"a\":\"";
  many.append(SafetensorsFile::kHeaderMaxValues + 1, ',');
  many += "\"}}";
  const std::vector<Row> rows{
      {"nothing", "", "corrupt", "shorter than 8 bytes"},
      {"half a length", "1234", "corrupt", "shorter than 8 bytes"},
      {"a length beyond the limit", header_of((100ull << 20) + 1), "corrupt", "larger than 100 MiB"},
      {"the largest length", header_of(~0ull), "corrupt", "larger than 100 MiB"},
      {"a length beyond the file", header_of(1000) + "{}", "corrupt", "cut off"},
      {"no header", header_of(0), "corrupt", "begin with {"},
      {"not an object", with_length("[]"), "corrupt", "begin with {"},
      {"white space first", with_length(" {}"), "corrupt", "begin with {"},
      {"no JSON", with_length("{\"a\":"), "corrupt", "invalid JSON"},
      {"two values", with_length("{}{}"), "corrupt", "invalid JSON"},
      {"too deep", with_length(deep), "corrupt", "invalid JSON"},
      {"too many values", with_length(many), "corrupt", "too long"},
      {"no UTF-8", with_length("{\"\xff\":1}"), "corrupt", "invalid JSON"},
      {"a tensor that is a number", with_length("{\"a\":1}"), "corrupt", "not described"},
      {"no dtype", entry(R"("shape":[1],"data_offsets":[0,4])"), "unsupported", "data type"},
      {"an unknown dtype", entry(R"("dtype":"Q4","shape":[1],"data_offsets":[0,4])"), "unsupported", "\"Q4\""},
      {"no shape", entry(R"("dtype":"F32","data_offsets":[0,4])"), "corrupt", "no usable shape"},
      {"a shape of text", entry(R"("dtype":"F32","shape":["1"],"data_offsets":[0,4])"), "corrupt", "whole number"},
      {"a negative size", entry(R"("dtype":"F32","shape":[-1],"data_offsets":[0,4])"), "corrupt", "whole number"},
      {"half a size", entry(R"("dtype":"F32","shape":[0.5],"data_offsets":[0,4])"), "corrupt", "whole number"},
      {"nine dimensions", entry(R"("dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4])"), "corrupt",
       "no usable shape"},
      {"a product that overflows",
       entry(R"("dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,4])"), "corrupt",
       "too large"},
      {"a product that overflows to the right size",
       entry(R"("dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4])"), "corrupt", "too large"},
      {"no offsets", entry(R"("dtype":"F32","shape":[1])"), "corrupt", "no data_offsets"},
      {"one offset", entry(R"("dtype":"F32","shape":[1],"data_offsets":[0])"), "corrupt", "no data_offsets"},
      {"a negative offset", entry(R"("dtype":"F32","shape":[1],"data_offsets":[-4,0])"), "corrupt", "whole number"},
      {"offsets the wrong way", entry(R"("dtype":"F32","shape":[1],"data_offsets":[4,0])"), "corrupt", "outside"},
      {"an end beyond the file", entry(R"("dtype":"F32","shape":[2],"data_offsets":[0,8])"), "corrupt", "outside"},
      {"another size than the shape's", entry(R"("dtype":"F32","shape":[2],"data_offsets":[0,4])"), "corrupt",
       "differ in size"},
      {"bytes before the first tensor", with_length(R"({"a":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}})", four),
       "corrupt", "gap"},
      {"bytes after the last tensor", with_length(R"({"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}})", four),
       "corrupt", "no tensor"},
      {"overlapping tensors",
       with_length(R"({"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},)"
                   R"("b":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}})",
                   four),
       "corrupt", "overlap"},
      {"data that is cut off", safetensors_of({{"a", toy_tensor({100})}}).substr(0, 200), "corrupt", "outside"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.about));
    const auto [code, message] = opened(row.bytes);
    CHECK(code == row.code);
    CHECK_MESSAGE(message.find(row.reason) != std::string::npos, message);
    CHECK(message.find("x.safetensors") != std::string::npos);
  }
}

TEST_CASE("safetensors: a folder and a missing file are errors, not waits") {
  const TemporaryFolder folder;
  CHECK(error_of([&] { SafetensorsFile(folder.path(), "m"); }).first != "none");
  CHECK(error_of([&] { SafetensorsFile(folder / "missing", "m"); }).first == "not_found");
}

TEST_CASE("safetensors: a file that becomes shorter while it is read is an error") {
  const TemporaryFolder folder;
  write_file_atomically(folder / "m", safetensors_of({{"a", toy_tensor({64})}}));
  const SafetensorsFile file(folder / "m", "m");
  fs::resize_file(folder / "m", 120);
  std::string all(256, '\0');
  CHECK(error_of([&] { file.read(file.tensors().at("a"), 0, all); }).first == "corrupt");
}
