#include "cli/document_watch.h"

#include <fstream>

#include "base/clock.h"
#include "base/sha256.h"
#include "cli/document_names.h"

namespace fragua::cli {

namespace {

constexpr std::chrono::milliseconds kLookEvery{500};
constexpr std::size_t kPieceBytes = 1 << 20;

// Nothing if it cannot be read.
std::optional<std::string> sha256_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  Sha256 sha256;
  std::string piece(kPieceBytes, '\0');
  while (file.read(piece.data(), std::streamsize(piece.size())), file.gcount() > 0)
    sha256.update(std::string_view(piece).substr(0, std::size_t(file.gcount())));
  return sha256.hex();
}

// One collection and one folder, round after round.
class Watching {
 public:
  Watching(Context& context, const std::string& collection_id, const std::filesystem::path& folder)
      : context_(context),
        id_(collection_id),
        folder_(folder),
        watch_(folder),
        reading_(context),
        mirrored_(documents_of(context.api, collection_id)),
        mirrors_(context.arguments.has("mirror")) {}

  [[noreturn]] void run() {
    remove_strangers();
    while (true) {
      if (watch_.has_changed() || is_unsettled_) take_changes();
      reading_.look();
      context_.api.wait(kLookEvery);      // ends with Ctrl-C
    }
  }

 private:
  void remove_strangers() {
    if (!mirrors_) return;
    for (const auto& name : mirrored_.without_file(look_at(folder_))) remove(name);
  }

  void take_changes() {
    const auto step = files_.take(look_at(folder_), context_.clock.steady());
    is_unsettled_ = step.is_unsettled;
    if (mirrors_)
      for (const auto& name : step.gone) remove(name);
    for (const auto& file : step.ready) take(file);
  }

  void take(const NamedFile& file) {
    const auto sha256 = sha256_of(file.path);
    if (!sha256) return reading_.fail(file.name, "the file cannot be read");
    if (mirrored_.has(file.name, *sha256)) return;
    if (const auto document = hand_in(context_, reading_, id_, file)) mirrored_.note(*document);
  }

  void remove(const std::string& name) {
    std::vector<std::string> again;
    for (const auto& id : mirrored_.remove(name, again)) {
      context_.api.remove("/api/v1/documents/" + id);
      reading_.add({{"name", name}, {"state", "removed"}, {"id", id}});
    }
    for (const auto& other : again) files_.again(other);
    is_unsettled_ |= !again.empty();
  }

  Context& context_;
  const std::string id_;
  const std::filesystem::path folder_;
  FolderWatch watch_;
  SettledFiles files_;
  Reading reading_;
  MirroredFiles mirrored_;
  const bool mirrors_;
  bool is_unsettled_ = true;              // the first round takes what is there
};

}  // namespace

MirroredFiles::MirroredFiles(const std::vector<json::object>& documents) {
  for (const auto& document : documents) note(document);
}

bool MirroredFiles::has(const std::string& file, const std::string& sha256) {
  files_[file] = sha256;
  for (const auto& [name, known] : documents_)
    if (known.sha256 == sha256) return true;
  return false;
}

void MirroredFiles::note(const json::object& document) {
  documents_[string_member(document, "name")] = {string_member(document, "id"), string_member(document, "sha256")};
}

std::vector<std::string> MirroredFiles::remove(const std::string& file, std::vector<std::string>& again) {
  files_.erase(file);
  const auto found = documents_.find(file);
  if (found == documents_.end()) return {};
  const auto known = found->second;
  documents_.erase(found);
  for (const auto& [name, sha256] : files_)
    if (sha256 == known.sha256) again.push_back(name);
  return {known.id};
}

std::vector<std::string> MirroredFiles::without_file(const Snapshot& there) const {
  std::vector<std::string> names;
  for (const auto& [name, known] : documents_)
    if (!there.contains(name)) names.push_back(name);
  return names;
}

int watch_folder(Context& context, const std::vector<std::string>& words) {
  const auto collection = require_collection(context.api, words[0]);
  Watching(context, string_member(collection, "id"), words[1]).run();
}

}  // namespace fragua::cli
