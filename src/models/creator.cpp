#include "models/creator.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"
#include "modelfile/go_template.h"
#include "modelfile/modelfile.h"
#include "models/adapter_check.h"
#include "models/create_layers.h"
#include "models/gguf_facts.h"

namespace fragua::models {

namespace {

constexpr std::string_view kSafetensors = ".safetensors";
constexpr std::size_t kFilesMax = 10'000;
constexpr std::size_t kFileNameMax = 512;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_argument, what); }

bool is_plain_relative(std::string_view name) {
  if (name.empty() || name.size() > kFileNameMax || name.find('\\') != std::string_view::npos) return false;
  const auto parts = split(name, '/');
  return std::all_of(parts.begin(), parts.end(), [](const auto& part) {
    return !part.empty() && part != "." && part != ".." && part.find('\0') == std::string::npos;
  });
}

bool holds_safetensors(const std::map<std::string, Digest>& files) {
  return std::any_of(files.begin(), files.end(), [](const auto& file) { return file.first.ends_with(kSafetensors); });
}

// One run of `create`.
class Creation {
 public:
  struct Parts {
    ModelStore& store;
    SafetensorsImporter& importer;
    Quantizer& quantizer;
  };
  Creation(Parts parts, const CreateRequest& request, const CreateListener& listener)
      : parts_(parts), blobs_(parts.store.blobs()), request_(request), listener_(listener), layers_(blobs_) {}

  void run();

 private:
  void status(const std::string& text) const {
    if (listener_) listener_({.status = text});
  }
  ByteProgress progress(const std::string& text) const;
  void check_request() const;
  void add_base();
  void add_files();
  void add_local(const fs::path& path);
  void add_adapters();
  void add_gguf(const StoredBlob& blob, const std::string& name);
  void add_adapter(const StoredBlob& blob, const std::string& name);
  StoredBlob known_blob(const std::string& name, const Digest& digest) const;
  StoredBlob import_local(const fs::path& path) const;
  StoredBlob convert(const fs::path& folder) const;
  StoredBlob convert_files() const;
  void check_adapters() const;
  void quantize();
  void add_texts();
  void describe_model();

  Parts parts_;
  BlobStore& blobs_;
  const CreateRequest& request_;
  const CreateListener& listener_;
  LayerSet layers_;
  std::vector<std::pair<std::string, Digest>> adapters_;  // new ones, with their names
  ConfigBody config_;
};

ByteProgress Creation::progress(const std::string& text) const {
  if (!listener_) return {};
  return [this, text](std::uint64_t done, std::uint64_t total) {
    listener_({.status = text, .digest = std::nullopt, .total = total, .completed = done});
  };
}

void Creation::check_request() const {
  if (!is_valid(request_.name)) refuse("invalid model name");
  const bool has_source = request_.from || !request_.files.empty() || !request_.local_paths.empty();
  if (!has_source) refuse("neither 'from' or 'files' was specified");
  for (const auto* files : {&request_.files, &request_.adapters}) {
    if (files->size() > kFilesMax) refuse("too many files");
    for (const auto& [name, digest] : *files)
      if (!is_plain_relative(name)) refuse("file path must be relative");
  }
  if (!request_.quantize.empty() && !file_type_number(request_.quantize))
    refuse("unsupported quantization type " + request_.quantize);
  if (request_.template_) modelfile::GoTemplate::parse(*request_.template_);
}

void Creation::add_base() {
  const auto base = parts_.store.require(*request_.from);
  const auto from = base.name.display();
  for (const auto& layer : base.manifest.layers) {
    if (!blobs_.has(layer.digest)) throw Error(ErrorCode::corrupt, "a part of " + from + " is missing; pull it again");
    layers_.inherit(layer, from);
  }
  config_.renderer = base.config.renderer;
  config_.parser = base.config.parser;
  config_.requires_ = base.config.requires_;
  config_.capabilities = base.config.capabilities;
}

StoredBlob Creation::known_blob(const std::string& name, const Digest& digest) const {
  if (!blobs_.has(digest)) refuse("blob " + digest.text() + " of " + name + " not found; upload it first");
  blobs_.touch(digest);
  return {digest, blobs_.size(digest), false};
}

StoredBlob Creation::import_local(const fs::path& path) const {
  if (!looks_like_gguf(path)) refuse(path.filename().string() + " is not a GGUF file");
  inspect_gguf(path);  // before a gigabyte is read for its hash
  return blobs_.import_file(path, progress("importing " + path.filename().string()));
}

StoredBlob Creation::convert(const fs::path& folder) const {
  status("converting model");
  auto scratch = blobs_.scratch();
  parts_.importer.import(folder, scratch.path(), progress("converting model"));
  return blobs_.adopt(std::move(scratch), progress("verifying conversion"));
}

// The uploaded blobs under their own names, as links, in a folder of the store.
StoredBlob Creation::convert_files() const {
  const auto folder = blobs_.scratch_folder();
  for (const auto& [name, digest] : request_.files) {
    known_blob(name, digest);
    const auto path = folder.path() / name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    fs::create_symlink(fs::absolute(blobs_.path(digest)), path, error);
    if (error) throw_errno("cannot prepare", path, error.value());
  }
  return convert(folder.path());
}

void Creation::add_files() {
  if (holds_safetensors(request_.files)) {
    add_gguf(convert_files(), "the converted model");
  } else {
    for (const auto& [name, digest] : request_.files) add_gguf(known_blob(name, digest), name);
  }
}

void Creation::add_local(const fs::path& path) {
  std::error_code error;
  const auto name = path.filename().string();
  if (!fs::exists(path, error)) refuse("no such file: " + name);
  if (fs::is_directory(path, error)) {
    add_gguf(convert(path), name);
  } else {
    add_gguf(import_local(path), name);
  }
}

void Creation::add_gguf(const StoredBlob& blob, const std::string& name) {
  status("parsing GGUF");
  if (!looks_like_gguf(blobs_.path(blob.digest))) refuse(name + " is not a GGUF file");
  const auto header = inspect_gguf(blobs_.path(blob.digest));
  const auto facts = facts_of(header);
  if (facts.split_count > 1)
    throw Error(ErrorCode::unsupported, name + " is one of " + std::to_string(facts.split_count) +
                                            " parts; merge them first (llama-gguf-split --merge)");
  if (const auto problem = incompatible_layout(header)) throw Error(ErrorCode::unsupported, *problem);
  if (facts.role == GgufRole::adapter) return add_adapter(blob, name);
  if (facts.role == GgufRole::unknown) throw Error(ErrorCode::unsupported, name + " does not name its architecture");
  const auto type = facts.role == GgufRole::projector ? media::kProjector : media::kModel;
  if (type == media::kModel && layers_.first(type)) refuse("more than one model was given: " + name);
  layers_.add(type, blob);
}

void Creation::add_adapter(const StoredBlob& blob, const std::string& name) {
  const auto header = inspect_gguf(blobs_.path(blob.digest));
  if (facts_of(header).role != GgufRole::adapter) refuse(name + " is not an adapter");
  const auto kind = header.text("adapter.type", "lora");
  if (kind != "lora") throw Error(ErrorCode::unsupported, name + " is an adapter of the type " + sanitized_utf8(kind));
  layers_.add(media::kAdapter, blob);
  adapters_.emplace_back(name, blob.digest);
}

void Creation::add_adapters() {
  if (holds_safetensors(request_.adapters))
    throw Error(ErrorCode::unsupported, "adapters must be GGUF files (convert_lora_to_gguf.py makes them)");
  for (const auto& [name, digest] : request_.adapters) {
    const auto blob = known_blob(name, digest);
    if (!looks_like_gguf(blobs_.path(digest))) refuse(name + " is not a GGUF file");
    add_adapter(blob, name);
  }
  for (const auto& path : request_.local_adapters) add_adapter(import_local(path), path.filename().string());
}

void Creation::check_adapters() const {
  if (adapters_.empty()) return;
  const auto model = inspect_gguf(blobs_.path(layers_.first(media::kModel)->digest));
  for (const auto& [name, digest] : adapters_)
    if (const auto problem = adapter_problem(inspect_gguf(blobs_.path(digest)), model)) refuse(name + ": " + *problem);
}

void Creation::quantize() {
  if (request_.quantize.empty()) return;
  const auto& model = *layers_.first(media::kModel);
  const auto facts = facts_of(inspect_gguf(blobs_.path(model.digest)));
  const std::string wanted(file_type_name(*file_type_number(request_.quantize)));
  if (facts.file_type == wanted) return;
  if (facts.file_type != "F16" && facts.file_type != "BF16" && facts.file_type != "F32")
    refuse("quantization is only supported for F16, BF16 and F32 models");
  const auto text = "quantizing " + facts.file_type + " model to " + wanted;
  status(text);
  auto scratch = blobs_.scratch();
  parts_.quantizer.quantize(blobs_.path(model.digest), scratch.path(), wanted, progress(text));
  status("verifying conversion");
  inspect_gguf(scratch.path());
  layers_.replace(media::kModel, blobs_.adopt(std::move(scratch), progress("verifying conversion")));
}

void Creation::add_texts() {
  if (request_.template_) layers_.set_template(*request_.template_);
  if (request_.system) layers_.set_system(*request_.system);
  for (const auto& license : request_.licenses)
    if (!license.empty()) layers_.add_license(license);
  layers_.merge_parameters(modelfile::parameters_to_json(modelfile::parameters_from_json(request_.parameters)));
  layers_.set_messages(request_.messages);
}

void Creation::describe_model() {
  const auto facts = facts_of(inspect_gguf(blobs_.path(layers_.first(media::kModel)->digest)));
  config_.model_format = "gguf";
  config_.model_family = facts.architecture;
  config_.model_families = {facts.architecture};
  config_.model_type = facts.parameter_size;
  config_.file_type = facts.file_type;
  if (!request_.renderer.empty()) config_.renderer = request_.renderer;
  if (!request_.parser.empty()) config_.parser = request_.parser;
  if (!request_.requires_.empty()) config_.requires_ = request_.requires_;
}

void Creation::run() {
  check_request();
  status("gathering model components");
  if (request_.from) add_base();
  add_files();
  for (const auto& path : request_.local_paths) add_local(path);
  if (!layers_.first(media::kModel)) refuse("no model among the files");
  add_adapters();
  check_adapters();
  quantize();
  add_texts();
  describe_model();
  const auto config = blobs_.put(config_.to_bytes());
  for (const auto& line : layers_.statuses()) status(line);
  status("writing manifest");
  const auto manifest = Manifest::of({std::string(media::kConfig), config.digest, config.size, "", ""}, layers_.take());
  parts_.store.put(request_.name, manifest);
}

}  // namespace

void apply(const modelfile::Modelfile& file, CreateRequest& request) {
  if (!file.drafts.empty()) throw Error(ErrorCode::unsupported, "DRAFT is not supported");
  for (const auto& [name, value] : modelfile::parameters_to_json(file.parameters)) request.parameters[name] = value;
  if (!file.template_text.empty()) request.template_ = file.template_text;
  if (!file.system.empty()) request.system = file.system;
  for (const auto& message : file.messages) request.messages.push_back({message.role, message.content});
  request.licenses.insert(request.licenses.end(), file.licenses.begin(), file.licenses.end());
  if (!file.requires_version.empty()) request.requires_ = file.requires_version;
  if (!file.renderer.empty()) request.renderer = file.renderer;
  if (!file.parser.empty()) request.parser = file.parser;
}

void Creator::create(const CreateRequest& request, const CreateListener& listener) {
  const auto replaced = is_valid(request.name) ? store_.manifest_of(request.name) : std::nullopt;
  {
    const auto adding = store_.blobs().adding();
    Creation({store_, importer_, quantizer_}, request, listener).run();
  }
  if (replaced) store_.remove_orphans(*replaced);
  if (listener) listener({.status = "success"});
}

}  // namespace fragua::models
