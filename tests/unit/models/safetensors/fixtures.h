// What the tests of the safetensors import share: files built in memory, toy models of each architecture, GGUFs read
// back. Callers: tests/unit/models/safetensors. Threads: one.
#pragma once
#include <bit>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "models/gguf_header.h"
#include "models/safetensors/importer.h"
#include "models/safetensors/number_formats.h"
#include "unit/models/fixtures.h"

namespace fragua::models {

struct ToyTensor {
  std::string type = "F32";
  std::vector<std::uint64_t> shape;
  std::string bytes;
};
using ToyTensors = std::map<std::string, ToyTensor>;

inline std::uint64_t elements_of(const std::vector<std::uint64_t>& shape) {
  std::uint64_t count = 1;
  for (const auto size : shape) count *= size;
  return count;
}

// The value at `index` of a toy tensor: small, exact in F16 and BF16, and different from its neighbours.
inline float toy_value(std::uint64_t index, int salt = 0) { return (float((index * 7 + salt * 13) % 251) - 125) / 128; }

inline std::string bytes_of(const std::vector<float>& values, const std::string& type = "F32") {
  std::string bytes;
  for (const float value : values) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    if (type == "F32") bytes.append(reinterpret_cast<const char*>(&bits), 4);
    const auto half = type == "F16" ? f16_of_float(value) : std::uint16_t(bits >> 16);
    if (type != "F32") bytes.append(reinterpret_cast<const char*>(&half), 2);
  }
  return bytes;
}

inline ToyTensor toy_tensor(std::vector<std::uint64_t> shape, int salt = 0, const std::string& type = "F32") {
  std::vector<float> values;
  for (std::uint64_t i = 0; i < elements_of(shape); ++i) values.push_back(toy_value(i, salt));
  return {type, std::move(shape), bytes_of(values, type)};
}

inline std::string with_length(const std::string& header, const std::string& data = "") {
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), 8) + header + data;
}

inline std::string safetensors_of(const ToyTensors& tensors) {
  json::object header;
  header["__metadata__"] = json::object{{"format", "pt"}};
  std::string data;
  for (const auto& [name, tensor] : tensors) {
    json::array shape;
    for (const auto size : tensor.shape) shape.push_back(size);
    header[name] = {{"dtype", tensor.type},
                    {"shape", shape},
                    {"data_offsets", json::array{data.size(), data.size() + tensor.bytes.size()}}};
    data += tensor.bytes;
  }
  auto text = to_json(header);
  text.resize((text.size() + 7) / 8 * 8, ' ');  // as the format's own library pads it
  return with_length(text, data);
}

// A model's folder in the making; write() puts it on the disk.
struct ToyModel {
  json::object config;
  ToyTensors tensors;
  std::map<std::string, std::string> texts;  // more files, by name

  void add(const std::string& name, std::vector<std::uint64_t> shape, const std::string& type = "F32") {
    tensors[name] = toy_tensor(std::move(shape), int(tensors.size()), type);
  }
  void add_with_bias(const std::string& name, std::vector<std::uint64_t> shape, std::uint64_t bias) {
    add(name + ".weight", std::move(shape));
    add(name + ".bias", {bias});
  }
  void write(const fs::path& folder) const {
    write_file_atomically(folder / "config.json", to_json(config));
    for (const auto& [name, text] : texts) write_file_atomically(folder / name, text);
    if (!tensors.empty()) write_file_atomically(folder / "model.safetensors", safetensors_of(tensors));
  }
};

// The values of a toy tensor as they are in the file.
inline std::vector<float> toy_values(const ToyModel& model, const std::string& name) {
  const auto& tensor = model.tensors.at(name);
  std::vector<float> values(elements_of(tensor.shape));
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint16_t half = 0;
    if (tensor.type == "F32") std::memcpy(&values[i], tensor.bytes.data() + 4 * i, 4);
    if (tensor.type != "F32") std::memcpy(&half, tensor.bytes.data() + 2 * i, 2);
    if (tensor.type == "F16") values[i] = float_of_f16(half);
    if (tensor.type == "BF16") values[i] = float_of_bf16(half);
  }
  return values;
}

// A GGUF read back.
class ReadGguf {
 public:
  explicit ReadGguf(const fs::path& path) : header(inspect_gguf(path, GgufDetail::all)), bytes_(read_file(path)) {}

  const GgufTensor* find(const std::string& name) const {
    const auto found = std::find_if(header.tensors.begin(), header.tensors.end(),
                                    [&](const GgufTensor& tensor) { return tensor.name == name; });
    return found == header.tensors.end() ? nullptr : &*found;
  }
  std::string data(const std::string& name) const {
    const auto* tensor = find(name);
    REQUIRE_MESSAGE(tensor, name);
    return bytes_.substr(header.data_offset + tensor->offset, tensor->bytes);
  }
  std::string all_data() const { return bytes_.substr(header.data_offset); }
  // F16 or F32, as the tensor is.
  std::vector<float> values(const std::string& name) const {
    const auto raw = data(name);
    const bool is_half = find(name)->type == std::uint32_t(TensorType::f16);
    std::vector<float> result(raw.size() / (is_half ? 2 : 4));
    for (std::size_t i = 0; i < result.size(); ++i) {
      std::uint16_t half = 0;
      if (is_half) std::memcpy(&half, raw.data() + 2 * i, 2);
      if (is_half) result[i] = float_of_f16(half);
      if (!is_half) std::memcpy(&result[i], raw.data() + 4 * i, 4);
    }
    return result;
  }
  // A key's value as JSON text; "absent".
  std::string value(const std::string& key) const {
    const auto* found = header.find(key);
    if (!found) return "absent";
    return std::visit(
        [](const auto& value) {
          if constexpr (std::is_same_v<std::decay_t<decltype(value)>, GgufArray>) {
            return to_json(json::value(value.values));
          } else {
            return to_json(json::value(value));
          }
        },
        found->value);
  }

  GgufHeader header;

 private:
  std::string bytes_;
};

// The keys that `describe` writes.
template <class Describe>
ReadGguf keys_of(Describe describe) {
  const TemporaryFolder folder;
  GgufWriter writer(folder / "keys.gguf");
  describe(writer);
  writer.add_tensor("t", {1}, TensorType::f32);
  writer.write_header();
  writer.append("1234");
  writer.finish();
  return ReadGguf(folder / "keys.gguf");
}

// The model, imported.
inline ReadGguf imported(const ToyModel& model) {
  const TemporaryFolder folder;
  model.write(folder / "toy");
  HuggingFaceImporter().import(folder / "toy", folder / "out.gguf", {});
  return ReadGguf(folder / "out.gguf");
}

using ExpectedKeys = std::vector<std::pair<std::string, std::string>>;
inline void check_keys(const ReadGguf& gguf, const ExpectedKeys& expected) {
  for (const auto& [key, value] : expected) {
    CAPTURE(key);
    CHECK(gguf.value(key) == value);
  }
}

}  // namespace fragua::models
