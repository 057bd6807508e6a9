// Manifest: which blobs a model is made of, read from a registry or from disk with limits, its bytes kept verbatim (the
// model's digest is the SHA-256 of those bytes). ConfigBody: the small JSON blob that says what kind of model it is.
// Callers: store, creator, registry/, show. Threads: any; plain values.
// Never trusts a size or a digest: digests are parsed, sizes are bounded, unknown media types are carried along.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "models/digest.h"

namespace fragua::models {

namespace media {
inline constexpr std::string_view kManifest = "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr std::string_view kConfig = "application/vnd.docker.container.image.v1+json";
inline constexpr std::string_view kModel = "application/vnd.ollama.image.model";
inline constexpr std::string_view kAdapter = "application/vnd.ollama.image.adapter";
inline constexpr std::string_view kProjector = "application/vnd.ollama.image.projector";
inline constexpr std::string_view kTemplate = "application/vnd.ollama.image.template";
inline constexpr std::string_view kPrompt = "application/vnd.ollama.image.prompt";  // the template's older name
inline constexpr std::string_view kSystem = "application/vnd.ollama.image.system";
inline constexpr std::string_view kParams = "application/vnd.ollama.image.params";
inline constexpr std::string_view kMessages = "application/vnd.ollama.image.messages";
inline constexpr std::string_view kLicense = "application/vnd.ollama.image.license";
}  // namespace media

inline constexpr std::size_t kManifestMaxBytes = 4u << 20;
inline constexpr std::size_t kManifestMaxLayers = 1000;
inline constexpr std::uint64_t kBlobMaxBytes = 1ull << 44;  // 16 TiB: a larger size in a manifest is a lie

struct ManifestLayer {
  std::string media_type;
  Digest digest;
  std::uint64_t size = 0;
  std::string from;  // the model it was taken from, as Ollama notes it
  std::string name;
};

struct Manifest {
  int schema_version = 2;
  std::string media_type{media::kManifest};
  std::optional<ManifestLayer> config;
  std::vector<ManifestLayer> layers;
  std::string bytes;  // what `digest` is the SHA-256 of

  // Error(corrupt) that says what is wrong: size, depth, number of layers, a digest, a size, not JSON.
  static Manifest parse(std::string bytes);
  // A new one, written as Ollama writes it.
  static Manifest of(ManifestLayer config, std::vector<ManifestLayer> layers);

  Digest digest() const { return Digest::of(bytes); }
  std::uint64_t size() const;                // of all its blobs
  std::vector<ManifestLayer> blobs() const;  // layers and config, each digest once
  const ManifestLayer* first(std::string_view layer_media_type) const;
};

struct RootFs {
  std::string type = "layers";
  std::vector<std::string> diff_ids;
};

struct ConfigBody {
  std::string model_format;
  std::string model_family;
  std::vector<std::string> model_families;
  std::string model_type;  // the number of parameters, for people: "1.5B"
  std::string file_type;   // the quantisation: "Q4_K_M"
  std::string renderer;
  std::string parser;
  std::string requires_;
  std::string remote_host;
  std::string remote_model;
  std::vector<std::string> capabilities;
  std::optional<std::uint64_t> context_length;
  std::optional<std::uint64_t> embedding_length;
  std::string base_name;
  std::string architecture = "amd64";
  std::string os = "linux";
  std::optional<RootFs> rootfs;

  // Error(corrupt). Fields that are missing, null or unknown are fine.
  static ConfigBody parse(std::string_view bytes);
  std::string to_bytes() const;
};

}  // namespace fragua::models
