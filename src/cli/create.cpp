#include "cli/create.h"

#include <algorithm>
#include <fstream>

#include "base/error.h"
#include "base/files.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "cli/context.h"
#include "cli/transfer.h"

namespace fragua::cli {

namespace {

constexpr std::size_t kHashPieceBytes = 1 << 20;

fs::path resolved(const std::string& written, const CreateInput& input) {
  if (written == "~") return input.home;
  if (written.starts_with("~/")) return input.home / written.substr(2);
  return input.folder / written;
}

bool looks_like_path(const std::string& written) {
  if (written.starts_with('/') || written.starts_with('.') || written.starts_with('~')) return true;
  return written.ends_with(".gguf") || written.ends_with(".safetensors");
}

// Of a folder only what describes or is a model: weights, configuration, tokenizer. Folders such as 1_Pooling one level
// down.
bool is_model_file(const fs::path& path) {
  const auto name = path.filename().string();
  const auto extension = path.extension().string();
  if (name.starts_with('.')) return false;
  return extension == ".safetensors" || extension == ".gguf" || extension == ".json" || name == "tokenizer.model" ||
         name == "vocab.txt" || name == "merges.txt";
}

void add_folder(const fs::path& folder, bool is_adapter, std::vector<FileToSend>& files) {
  std::vector<FileToSend> found;
  for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && (entry.depth() >= 1 || entry->path().filename().string().starts_with('.')))
      entry.disable_recursion_pending();
    const bool nested = entry.depth() > 0 && entry->path().extension() != ".json";
    if (entry->is_regular_file() && !nested && is_model_file(entry->path()))
      found.push_back({entry->path(), entry->path().lexically_relative(folder).generic_string(), is_adapter});
  }
  const auto is_weights = [](const FileToSend& file) {
    return !file.name.ends_with(".json") && !file.name.ends_with(".txt");
  };
  if (std::ranges::none_of(found, is_weights))
    throw Error(ErrorCode::not_found,
                "the folder " + folder.filename().string() + " has no .safetensors or .gguf file");
  // Beside GGUF files alone, the JSON is not part of the model.
  const auto is_gguf = [](const FileToSend& file) { return file.name.ends_with(".gguf"); };
  if (std::ranges::count_if(found, is_weights) == std::ranges::count_if(found, is_gguf))
    std::erase_if(found, [&](const FileToSend& file) { return !is_gguf(file); });
  std::ranges::sort(found, {}, &FileToSend::name);
  files.insert(files.end(), found.begin(), found.end());
}

// True when `written` was a path; else it is the name of a model.
bool add_path(const std::string& written, bool is_adapter, const CreateInput& input, std::vector<FileToSend>& files) {
  const auto path = resolved(written, input);
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    add_folder(fs::weakly_canonical(path), is_adapter, files);
  } else if (fs::is_regular_file(path, ignored)) {
    files.push_back({path, path.filename().string(), is_adapter});
  } else if (is_adapter || looks_like_path(written)) {
    throw Error(ErrorCode::not_found,
                std::string(is_adapter ? "ADAPTER " : "FROM ") + written + ": there is no such file or folder");
  } else {
    return false;
  }
  return true;
}

void set_if_given(json::object& body, const char* key, const std::string& text) {
  if (!text.empty()) body[key] = text;
}

json::array as_array(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

}  // namespace

CreatePlan plan_create(const modelfile::Modelfile& modelfile, const CreateInput& input) {
  CreatePlan plan;
  plan.body = {{"model", input.model}, {"stream", true}};
  for (const auto& from : modelfile.from)
    if (!add_path(from, false, input, plan.files)) plan.body["from"] = from;
  for (const auto& adapter : modelfile.adapters) add_path(adapter, true, input, plan.files);
  if (!modelfile.drafts.empty())
    throw Error(ErrorCode::unsupported, "DRAFT cannot be sent to the server; leave it out");
  set_if_given(plan.body, "quantize", input.quantize);
  set_if_given(plan.body, "template", modelfile.template_text);
  set_if_given(plan.body, "system", modelfile.system);
  set_if_given(plan.body, "renderer", modelfile.renderer);
  set_if_given(plan.body, "parser", modelfile.parser);
  set_if_given(plan.body, "requires", modelfile.requires_version);
  if (!modelfile.licenses.empty()) plan.body["license"] = as_array(modelfile.licenses);
  if (auto parameters = modelfile::parameters_to_json(modelfile.parameters); !parameters.empty())
    plan.body["parameters"] = std::move(parameters);
  json::array messages;
  for (const auto& message : modelfile.messages)
    messages.push_back({{"role", message.role}, {"content", message.content}});
  if (!messages.empty()) plan.body["messages"] = std::move(messages);
  return plan;
}

namespace {

struct Source {
  std::string text;
  fs::path folder;
};

// The Modelfile of -f, of the standard input, or of this folder; without one, a folder with weights speaks for itself.
Source read_modelfile(const Context& context) {
  const auto file = context.arguments.text("file", "Modelfile");
  if (file == "-") return {context.console.read_input(modelfile::kModelfileMaxBytes), fs::current_path()};
  std::error_code ignored;
  if (fs::exists(file, ignored))
    return {read_file(file, modelfile::kModelfileMaxBytes), fs::absolute(file).parent_path()};
  if (context.arguments.has("file")) throw Error(ErrorCode::not_found, "there is no file " + file);
  for (const auto& entry : fs::directory_iterator(fs::current_path()))
    if (entry.path().extension() == ".safetensors" || entry.path().extension() == ".gguf")
      return {"FROM .\n", fs::current_path()};
  throw Error(ErrorCode::not_found, "there is no Modelfile in this folder; name one with -f FILE");
}

std::string digest_of(const FileToSend& file, Progress* progress) {
  std::ifstream in(file.path, std::ios::binary);
  if (!in) throw_errno("cannot read", file.path, errno);
  const auto size = fs::file_size(file.path);
  Sha256 sha;
  std::string piece(kHashPieceBytes, '\0');
  std::uint64_t done = 0;
  while (in.read(piece.data(), std::streamsize(piece.size())) || in.gcount() > 0) {
    sha.update(std::string_view(piece.data(), std::size_t(in.gcount())));
    done += std::uint64_t(in.gcount());
    if (progress != nullptr) progress->bar("reading " + file.name, done, size);
  }
  return "sha256:" + sha.hex();
}

void send_file(Context& context, const FileToSend& file, const std::string& digest, Progress* progress) {
  const auto path = "/api/blobs/" + digest;
  if (context.api.exists(path)) return;
  const auto size = fs::file_size(file.path);
  context.api.upload(path, file.path, [&](std::uint64_t sent) {
    if (progress != nullptr) progress->bar("sending " + file.name, sent, size);
  });
}

}  // namespace

int create_model(Context& context) {
  const auto source = read_modelfile(context);
  const CreateInput input{context.arguments.text("MODEL"), context.arguments.text("quantize"), source.folder,
                          context.environment.variable("HOME")};
  auto plan = plan_create(modelfile::parse(source.text), input);
  if (!plan.files.empty()) context.api.get("/api/version");  // without a server, say so before a gigabyte is read
  auto progress = make_progress(context);
  auto* shown = context.as_json() ? nullptr : &progress;
  json::object files;
  json::object adapters;
  for (const auto& file : plan.files) {
    const auto digest = digest_of(file, shown);
    send_file(context, file, digest, shown);
    (file.is_adapter ? adapters : files)[file.name] = digest;
  }
  if (!files.empty()) plan.body["files"] = std::move(files);
  if (!adapters.empty()) plan.body["adapters"] = std::move(adapters);
  follow(context, progress, "/api/create", plan.body);
  return 0;
}

}  // namespace fragua::cli
