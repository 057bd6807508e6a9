#include "models/manifest.h"

#include <algorithm>
#include <set>

#include "base/body.h"
#include "base/error.h"

namespace fragua::models {

namespace {

constexpr std::size_t kManifestDepth = 16;
constexpr std::size_t kTextMaxBytes = 4096;

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorCode::corrupt, "damaged manifest: " + what); }

// A layer as JSON has it, before it is checked.
struct LayerBody {
  std::optional<std::string> media_type, digest, from, name;
  std::optional<std::uint64_t> size;
};
template <class V>
void describe(V& field, LayerBody& body) {
  field.optional("mediaType", body.media_type);
  field.optional("digest", body.digest);
  field.optional("size", body.size);
  field.optional("from", body.from);
  field.optional("name", body.name);
}

struct ManifestBody {
  std::optional<int> schema_version;
  std::optional<std::string> media_type;
  std::optional<LayerBody> config;
  std::optional<std::vector<LayerBody>> layers;
};
template <class V>
void describe(V& field, ManifestBody& body) {
  field.optional("schemaVersion", body.schema_version);
  field.optional("mediaType", body.media_type);
  field.optional("config", body.config);
  field.optional("layers", body.layers);
}

std::string bounded_text(const std::optional<std::string>& text, const char* field) {
  if (!text) return "";
  if (text->size() > kTextMaxBytes) fail(std::string(field) + " is too long");
  return *text;
}

ManifestLayer checked(const LayerBody& body, const std::string& where) {
  auto digest = Digest::parse(body.digest.value_or(""));
  if (!digest) fail(where + " has no valid digest");
  if (body.size.value_or(0) > kBlobMaxBytes) fail(where + " claims an impossible size");
  return {bounded_text(body.media_type, "mediaType"), *std::move(digest), body.size.value_or(0),
          bounded_text(body.from, "from"), bounded_text(body.name, "name")};
}

LayerBody body_of(const ManifestLayer& layer) {
  LayerBody body{.media_type = layer.media_type, .digest = layer.digest.text(), .size = layer.size};
  if (!layer.from.empty()) body.from = layer.from;
  if (!layer.name.empty()) body.name = layer.name;
  return body;
}

ManifestBody read_manifest_body(const std::string& bytes) {
  try {
    return read_body<ManifestBody>(parse_json(bytes, kManifestDepth), Unknown::ignored);
  } catch (const Error& error) {
    fail(error.what());
  }
}

}  // namespace

Manifest Manifest::parse(std::string bytes) {
  if (bytes.size() > kManifestMaxBytes) fail("it is larger than 4 MiB");
  const auto body = read_manifest_body(bytes);
  Manifest manifest;
  manifest.schema_version = body.schema_version.value_or(2);
  if (manifest.schema_version != 2) fail("schemaVersion must be 2");
  manifest.media_type = bounded_text(body.media_type, "mediaType");
  // Ollama writes an empty config digest where there is none.
  if (body.config && !body.config->digest.value_or("").empty()) manifest.config = checked(*body.config, "config");
  if (body.layers) {
    if (body.layers->size() > kManifestMaxLayers) fail("it has more than 1,000 layers");
    for (const auto& layer : *body.layers)
      manifest.layers.push_back(checked(layer, "layer " + std::to_string(manifest.layers.size())));
  }
  if (!manifest.config && manifest.layers.empty()) fail("it names no blobs");
  manifest.bytes = std::move(bytes);
  return manifest;
}

Manifest Manifest::of(ManifestLayer config, std::vector<ManifestLayer> layers) {
  CHECK_THAT(layers.size() <= kManifestMaxLayers);
  Manifest manifest;
  manifest.config = std::move(config);
  manifest.layers = std::move(layers);
  ManifestBody body{.schema_version = 2, .media_type = manifest.media_type, .config = body_of(*manifest.config)};
  body.layers.emplace();
  for (const auto& layer : manifest.layers) body.layers->push_back(body_of(layer));
  manifest.bytes = to_json(write_body(body)) + "\n";
  return manifest;
}

std::uint64_t Manifest::size() const {
  std::uint64_t total = config ? config->size : 0;
  for (const auto& layer : layers) total += layer.size;
  return total;
}

std::vector<ManifestLayer> Manifest::blobs() const {
  std::vector<ManifestLayer> result;
  std::set<Digest> seen;
  for (const auto& layer : layers)
    if (seen.insert(layer.digest).second) result.push_back(layer);
  if (config && seen.insert(config->digest).second) result.push_back(*config);
  return result;
}

const ManifestLayer* Manifest::first(std::string_view layer_media_type) const {
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](const auto& layer) { return layer.media_type == layer_media_type; });
  return found == layers.end() ? nullptr : &*found;
}

template <class V>
void describe(V& field, RootFs& root) {
  field.optional("type", root.type);
  field.optional("diff_ids", root.diff_ids);
}

namespace {

// Empty texts and lists that Ollama leaves out are left out here too.
struct ConfigJson {
  std::string model_format, model_family, model_type, file_type, architecture = "amd64", os = "linux";
  std::optional<std::vector<std::string>> model_families, capabilities;
  std::optional<std::string> renderer, parser, requires_, remote_host, remote_model, base_name;
  std::optional<std::uint64_t> context_length, embedding_length;
  std::optional<RootFs> rootfs;
};
template <class V>
void describe(V& field, ConfigJson& config) {
  field.optional("model_format", config.model_format);
  field.optional("model_family", config.model_family);
  field.optional("model_families", config.model_families);
  field.optional("model_type", config.model_type);
  field.optional("file_type", config.file_type);
  field.optional("renderer", config.renderer);
  field.optional("parser", config.parser);
  field.optional("requires", config.requires_);
  field.optional("remote_host", config.remote_host);
  field.optional("remote_model", config.remote_model);
  field.optional("capabilities", config.capabilities);
  field.optional("context_length", config.context_length);
  field.optional("embedding_length", config.embedding_length);
  field.optional("base_name", config.base_name);
  field.optional("architecture", config.architecture);
  field.optional("os", config.os);
  field.optional("rootfs", config.rootfs);
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

ConfigJson read_config_json(std::string_view bytes) {
  try {
    return read_body<ConfigJson>(parse_json(bytes, kManifestDepth), Unknown::ignored);
  } catch (const Error& error) {
    throw Error(ErrorCode::corrupt, std::string("damaged model configuration: ") + error.what());
  }
}

}  // namespace

ConfigBody ConfigBody::parse(std::string_view bytes) {
  const auto read = read_config_json(bytes);
  ConfigBody config;
  config.model_format = read.model_format;
  config.model_family = read.model_family;
  config.model_families = read.model_families.value_or(std::vector<std::string>{});
  config.model_type = read.model_type;
  config.file_type = read.file_type;
  config.renderer = read.renderer.value_or("");
  config.parser = read.parser.value_or("");
  config.requires_ = read.requires_.value_or("");
  config.remote_host = read.remote_host.value_or("");
  config.remote_model = read.remote_model.value_or("");
  config.capabilities = read.capabilities.value_or(std::vector<std::string>{});
  config.context_length = read.context_length;
  config.embedding_length = read.embedding_length;
  config.base_name = read.base_name.value_or("");
  config.architecture = read.architecture;
  config.os = read.os;
  config.rootfs = read.rootfs;
  return config;
}

std::string ConfigBody::to_bytes() const {
  ConfigJson out;
  out.model_format = model_format;
  out.model_family = model_family;
  out.model_families = model_families;
  out.model_type = model_type;
  out.file_type = file_type;
  out.renderer = unless_empty(renderer);
  out.parser = unless_empty(parser);
  out.requires_ = unless_empty(requires_);
  out.remote_host = unless_empty(remote_host);
  out.remote_model = unless_empty(remote_model);
  if (!capabilities.empty()) out.capabilities = capabilities;
  out.context_length = context_length;
  out.embedding_length = embedding_length;
  out.base_name = unless_empty(base_name);
  out.architecture = architecture;
  out.os = os;
  out.rootfs = rootfs;
  return to_json(write_body(out)) + "\n";
}

}  // namespace fragua::models
