#include "models/gguf_writer.h"

#include "fixtures.h"
#include "models/gguf_header.h"

using namespace fragua;
using namespace fragua::models;

TEST_CASE("GGUF writer: what it writes our reader reads back") {
  TemporaryFolder folder;
  GgufWriter writer(folder / "out.gguf");
  writer.set_string("general.architecture", "first");
  writer.set_uint32("u32", 4'000'000'000);
  writer.set_int32("i32", -5);
  writer.set_uint64("u64", 1ull << 60);
  writer.set_float("f32", 0.5F);
  writer.set_bool("yes", true);
  writer.set_strings("words", {"uno", "", "ñ"});
  writer.set_int32s("ints", {-1, 2});
  writer.set_uint32s("naturals", {7});
  writer.set_floats("reals", {1.5F});
  writer.set_string("general.architecture", "llama");  // the last value counts, the place stays
  writer.add_tensor("a", {3}, TensorType::f32);
  writer.add_tensor("b", {32, 2}, TensorType::q8_0);
  writer.write_header();
  CHECK(writer.data_bytes() == 12 + 68);
  writer.append("0123456789");                 // in pieces that end
  writer.append("ab" + std::string(68, 'B'));  // in the middle of tensors
  writer.finish();

  const auto bytes = read_file(folder / "out.gguf");
  const auto header = inspect_gguf_bytes(bytes, GgufDetail::all);
  CHECK(header.keys.front().key == "general.architecture");
  CHECK(header.architecture() == "llama");
  CHECK(header.number("u32") == 4'000'000'000);
  CHECK(std::get<std::int64_t>(header.find("i32")->value) == -5);
  CHECK(header.number("u64") == 1ull << 60);
  CHECK(std::get<double>(header.find("f32")->value) == 0.5);
  CHECK(header.flag("yes"));
  CHECK(std::get<GgufArray>(header.find("words")->value).values == json::array{"uno", "", "ñ"});
  CHECK(std::get<GgufArray>(header.find("ints")->value).values == json::array{-1, 2});
  CHECK(std::get<GgufArray>(header.find("naturals")->value).values == json::array{7u});
  CHECK(std::get<GgufArray>(header.find("reals")->value).values == json::array{1.5});
  REQUIRE(header.tensors.size() == 2);
  CHECK(bytes.substr(header.data_offset, 12) == "0123456789ab");
  CHECK(header.tensors[1].offset == 32);
  CHECK(bytes.substr(header.data_offset + 32, 68) == std::string(68, 'B'));
}

TEST_CASE("GGUF writer: a vocabulary without tensors is a valid file") {
  TemporaryFolder folder;
  GgufWriter writer(folder / "vocabulary.gguf");
  writer.set_string("general.architecture", "llama");
  writer.write_header();
  writer.finish();
  CHECK(inspect_gguf(folder / "vocabulary.gguf").tensors.empty());
}

TEST_CASE("GGUF writer: a folder that is not there is an error without its path") {
  TemporaryFolder folder;
  const auto [code, message] = error_of([&] { GgufWriter writer(folder / "no/such/out.gguf"); });
  CHECK(code == "not_found");
  CHECK(message.find(folder.path().string()) == std::string::npos);
}
