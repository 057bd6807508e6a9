#include "models/safetensors/source_files.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::models {

namespace {

bool is_allowed_part(const std::string& part) {
  return !part.empty() && part != "." && part != ".." &&
         std::ranges::none_of(part, [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '\\' || c == ':'; });
}

void check_name(const std::string& name) {
  const auto parts = split(name, '/');
  if (name.empty() || name.size() > SourceFiles::kNameMaxBytes || !is_valid_utf8(name) ||
      !std::ranges::all_of(parts, is_allowed_part)) {
    throw Error(ErrorCode::invalid_argument, "file name \"" + sanitized_utf8(name.substr(0, 80)) +
                                                 "\" is not allowed: use a plain relative path such as "
                                                 "config.json or 1_Pooling/config.json");
  }
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

void add_files(const fs::path& folder, const std::string& prefix, bool deeper, std::map<std::string, fs::path>& files) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (is_hidden(entry->path())) continue;
    const auto name = prefix + entry->path().filename().string();
    if (entry->is_directory(error) && deeper) add_files(entry->path(), name + "/", false, files);
    if (entry->is_regular_file(error)) files[name] = entry->path();
    if (files.size() > SourceFiles::kFilesMax) return;  // the constructor refuses the number
  }
}

}  // namespace

Result<json::value> try_parse_json(std::string_view text, std::size_t max_depth) {
  json::parse_options options;
  options.max_depth = max_depth;
  json::parser parser({}, options);
  json::error_code error;
  const auto read = parser.write(text, error);
  if (error) {
    return failure(ErrorCode::invalid_argument,
                   "invalid JSON near byte " + std::to_string(read) + ": " + error.message());
  }
  return parser.release();
}

SourceFiles::SourceFiles(std::map<std::string, fs::path> files) : files_(std::move(files)) {
  if (files_.size() > kFilesMax) {
    throw Error(ErrorCode::invalid_argument,
                "more than " + std::to_string(kFilesMax) + " files: this does not look like the folder of one model");
  }
  for (const auto& [name, path] : files_) check_name(name);
}

SourceFiles SourceFiles::of_folder(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    throw Error(ErrorCode::not_found, "folder " + folder.filename().string() + " not found");
  }
  std::map<std::string, fs::path> files;
  add_files(folder, "", true, files);
  return SourceFiles(std::move(files));
}

const fs::path& SourceFiles::path(const std::string& name) const {
  const auto found = files_.find(name);
  if (found == files_.end()) throw Error(ErrorCode::not_found, "the model has no file " + name);
  return found->second;
}

std::optional<std::string> SourceFiles::find_text(const std::string& name) const {
  if (!has(name)) return std::nullopt;
  return read_file(path(name), kTextMaxBytes);
}

std::optional<json::value> SourceFiles::find_json(const std::string& name) const {
  const auto text = find_text(name);
  if (!text) return std::nullopt;
  auto value = try_parse_json(*text);
  if (!value) throw Error(value.error().code(), name + " is " + value.error().what());
  return std::move(*value);
}

std::optional<json::object> SourceFiles::find_object(const std::string& name) const {
  auto value = find_json(name);
  if (!value) return std::nullopt;
  if (!value->is_object()) throw Error(ErrorCode::invalid_argument, name + " must hold a JSON object");
  return std::move(value->get_object());
}

}  // namespace fragua::models
