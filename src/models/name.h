// ModelName: host/namespace/model:tag as Ollama reads and stores it ("llama3" is
// registry.ollama.ai/library/llama3:latest, "hf.co/USER/REPO:QUANT" names a hub repository). Callers: store, registry/,
// api/, cli/. Threads: any; a plain value. Parts hold only letters, digits, "_", "-" and (not in a namespace) "."; the
// first character is a letter, digit or "_". So a name can never climb out of a folder. Names match without regard to
// case and keep the case they came with.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace fragua::models {

inline constexpr std::string_view kDefaultHost = "registry.ollama.ai";
inline constexpr std::string_view kDefaultNamespace = "library";
inline constexpr std::string_view kDefaultTag = "latest";

struct ModelName {
  std::string host;
  std::string namespace_;
  std::string model;
  std::string tag;
  std::string scheme = "https";  // "http" only when the text said so; never part of the stored path

  // Nothing when the text is not a valid name.
  static std::optional<ModelName> parse(std::string_view text);
  // Error(invalid_argument, "invalid model name").
  static ModelName require(std::string_view text);
  // From "host/namespace/model/tag", a path below manifests/.
  static std::optional<ModelName> from_filepath(std::string_view relative);

  std::string display() const;   // as `list` shows it: default host and namespace left out, tag always there
  std::string full() const;      // host/namespace/model:tag
  std::string filepath() const;  // host/namespace/model/tag
  bool is_hub() const;           // hf.co or huggingface.co

  bool operator==(const ModelName&) const = default;
};

bool is_valid(const ModelName& name);
bool same_name(const ModelName& a, const ModelName& b);  // ignoring case and scheme

}  // namespace fragua::models
