#include "models/safetensors/tensor_set.h"

#include <doctest/doctest.h>

#include "unit/models/safetensors/fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

constexpr const char* kIndex = "model.safetensors.index.json";
constexpr const char* kFirst = "model-00001-of-00002.safetensors";
constexpr const char* kSecond = "model-00002-of-00002.safetensors";

std::string index_of(const std::map<std::string, std::string>& parts) {
  json::object map;
  for (const auto& [tensor, part] : parts) map[tensor] = part;
  return to_json(json::object{{"weight_map", map}});
}

std::pair<std::string, std::string> loaded(const std::map<std::string, std::string>& files) {
  const TemporaryFolder folder;
  for (const auto& [name, bytes] : files) write_file_atomically(folder / name, bytes);
  const auto sources = SourceFiles::of_folder(folder.path());
  return error_of([&] { TensorSet{sources}; });
}

}  // namespace

TEST_CASE("tensor set: parts are read in order, with or without an index") {
  const TemporaryFolder folder;
  write_file_atomically(folder / kFirst, safetensors_of({{"b", toy_tensor({2})}, {"d", toy_tensor({2})}}));
  write_file_atomically(folder / kSecond, safetensors_of({{"a", toy_tensor({2})}}));
  for (const bool has_index : {false, true}) {
    if (has_index) write_file_atomically(folder / kIndex, index_of({{"a", kSecond}, {"b", kFirst}, {"d", kFirst}}));
    const auto files = SourceFiles::of_folder(folder.path());
    const TensorSet tensors(files);
    std::string names;
    for (const auto& located : tensors.all()) names += located.tensor->name;
    CHECK(names == "bda");
    CHECK(tensors.all()[2].file->shown() == kSecond);
  }
}

TEST_CASE("tensor set: parts that contradict each other or the index are refused by name") {
  struct Row {
    std::map<std::string, std::string> files;
    const char* code;
    const char* reason;
  };
  const auto a = safetensors_of({{"a", toy_tensor({2})}});
  const auto b = safetensors_of({{"b", toy_tensor({2})}});
  const std::vector<Row> rows{
      {{{"config.json", "{}"}}, "not_found", "no model.safetensors"},
      {{{"pytorch_model.bin", "x"}}, "unsupported", "pytorch_model.bin"},
      {{{"adapter_model.safetensors", a}}, "unsupported", "LoRA"},
      {{{kFirst, a}, {kSecond, a}}, "corrupt", "two parts"},
      {{{kFirst, a}, {kIndex, index_of({{"a", kFirst}, {"b", kSecond}})}}, "not_found", kSecond},
      {{{kFirst, a}, {kSecond, b}, {kIndex, index_of({{"a", kSecond}, {"b", kFirst}})}}, "corrupt", "lacks"},
      {{{kFirst, a}, {kIndex, index_of({{"a", kFirst}, {"c", kFirst}})}}, "corrupt", "\"c\""},
      {{{kFirst, safetensors_of({{"a", toy_tensor({2})}, {"x", toy_tensor({2})}})},
        {kIndex, index_of({{"a", kFirst}})}},
       "corrupt",
       "\"x\""},
      {{{kFirst, a}, {kIndex, index_of({{"a", "../secret.safetensors"}})}}, "not_found", "missing"},
      {{{kFirst, a}, {kIndex, "{}"}}, "corrupt", "weight_map"},
      {{{kFirst, a}, {kIndex, R"({"weight_map": {"a": 1}})"}}, "corrupt", "weight_map"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.reason));
    const auto [code, message] = loaded(row.files);
    CHECK(code == row.code);
    CHECK_MESSAGE(message.find(row.reason) != std::string::npos, message);
  }
}
