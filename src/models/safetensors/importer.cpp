#include "models/safetensors/importer.h"

#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/error.h"
#include "base/strings.h"
#include "models/gguf_writer.h"
#include "models/safetensors/architecture.h"
#include "models/safetensors/tensor_data.h"

namespace fragua::models {

namespace {

constexpr std::uint32_t kQuantizationVersion = 2;

// Takes a half-written file away again.
class OutputGuard {
 public:
  explicit OutputGuard(const fs::path& path) : path_(path) {}
  ~OutputGuard() {
    std::error_code error;
    if (!is_kept_) fs::remove(path_, error);
  }
  void keep() { is_kept_ = true; }

 private:
  const fs::path& path_;
  bool is_kept_ = false;
};

// What config.json remembers of the model's name on the hub, without its owner; a path of somebody's machine is none.
std::string model_name(const ModelConfig& config, const std::string& fallback) {
  const auto parts = split(config.text("_name_or_path"), '/');
  const bool is_name = parts.size() <= 2 && !parts.back().empty() && !parts.front().empty() && parts.front() != ".";
  const auto name = is_name ? parts.back() : fallback;
  constexpr std::size_t kNameMaxBytes = 200;
  return name.starts_with('.') ? "" : sanitized_utf8(name.substr(0, kNameMaxBytes));
}

std::uint64_t elements(const PlannedTensor& tensor) {
  return std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::uint64_t(1), std::multiplies<>());
}

// "23M", "1.5B": two digits at least, as llama.cpp's converter names sizes.
std::string size_label(const TensorPlan& plan) {
  double parameters = 0;
  for (const auto& tensor : plan) parameters += double(elements(tensor));
  char unit = 'K';
  double scaled = parameters * 1e-3;
  for (const auto& [least, larger] : {std::pair{1e6, 'M'}, std::pair{1e9, 'B'}, std::pair{1e12, 'T'}}) {
    if (parameters <= least) break;
    unit = larger;
    scaled = parameters / least;
  }
  const double rounded = std::nearbyint(scaled);
  const int digits = rounded < 1 ? 0 : rounded < 10 ? 1 : 2;
  return fmt::format("{:.{}f}{}", scaled, 2 - digits, unit);
}

void describe(const ModelSource& source, const Architecture& architecture, const std::string& name,
              const TensorPlan& plan, GgufWriter& writer) {
  writer.set_string("general.architecture", architecture.gguf);
  writer.set_string("general.type", "model");
  if (!name.empty()) writer.set_string("general.name", name);
  writer.set_string("general.size_label", size_label(plan));
  architecture.describe(source, writer);
  writer.set_uint32("general.quantization_version", kQuantizationVersion);
  architecture.describe_tokenizer(source, writer);
}

void write_tensors(const TensorPlan& plan, GgufWriter& writer, const ByteProgress& progress) {
  for (const auto& tensor : plan) writer.add_tensor(tensor.name, tensor.shape, tensor.type);
  writer.write_header();
  const auto total = writer.data_bytes();
  if (progress) progress(0, total);
  for (const auto& tensor : plan) {
    produce_data(tensor, [&](std::string_view bytes) {
      writer.append(bytes);
      if (progress) progress(writer.written_bytes(), total);
    });
  }
}

}  // namespace

void HuggingFaceImporter::import(const fs::path& folder, const fs::path& output, const ByteProgress& progress) {
  convert(SourceFiles::of_folder(folder), fs::absolute(folder / "").parent_path().filename().string(), output,
          progress);
}

void HuggingFaceImporter::import_files(const std::map<std::string, fs::path>& files, const fs::path& output,
                                       const ByteProgress& progress) {
  convert(SourceFiles(files), "", output, progress);
}

void HuggingFaceImporter::convert(const SourceFiles& files, const std::string& fallback_name, const fs::path& output,
                                  const ByteProgress& progress) {
  const ModelConfig config(files);
  const auto& architecture = require_architecture(config.architecture());
  const TensorSet tensors(files);
  const ModelSource source{files, config, tensors};
  const auto plan = architecture.plan(source);

  OutputGuard guard(output);
  GgufWriter writer(output);
  describe(source, architecture, model_name(config, fallback_name), plan, writer);
  write_tensors(plan, writer, progress);
  writer.finish();
  guard.keep();
}

}  // namespace fragua::models
