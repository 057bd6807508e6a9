#include "cli/folder_watch.h"

#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/error.h"

namespace fragua::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kEvents = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE |
                                  IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

}  // namespace

FolderWatch::FolderWatch(fs::path folder) : folder_(std::move(folder)) {
  if (!fs::is_directory(folder_)) throw Error(ErrorCode::not_found, "there is no folder \"" + folder_.string() + "\"");
  descriptor_ = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor_ < 0) throw Error(ErrorCode::unavailable, "the system allows no more watches of folders for this user");
  watch_below();
}

FolderWatch::~FolderWatch() { ::close(descriptor_); }

void FolderWatch::watch(const fs::path& folder) {
  if (::inotify_add_watch(descriptor_, folder.c_str(), kEvents) >= 0) return;
  // One that went away meanwhile, or that may not be read, has no documents.
  if (errno == ENOENT || errno == ENOTDIR || errno == EACCES) return;
  throw Error(ErrorCode::unavailable, "the folder has more folders than the system can watch: raise fs.inotify.max_user_watches");
}

// A folder that is watched already stays so: adding it again changes nothing.
void FolderWatch::watch_below() {
  watch(folder_);
  const auto options = fs::directory_options::skip_permission_denied;
  std::error_code stopped;                // a folder that goes away while it is read ends the round; its event brings the next
  for (auto at = fs::recursive_directory_iterator(folder_, options, stopped); at != fs::recursive_directory_iterator(); at.increment(stopped))
    if (at->is_directory(stopped)) watch(at->path());
}

bool FolderWatch::has_changed() {
  std::array<char, 64 << 10> events;
  bool changed = false;
  while (::read(descriptor_, events.data(), events.size()) > 0) changed = true;
  if (!fs::is_directory(folder_)) throw Error(ErrorCode::not_found, "the folder \"" + folder_.string() + "\" went away");
  if (changed) watch_below();
  return changed;
}

Snapshot look_at(const fs::path& folder) {
  Snapshot snapshot;
  for (auto& file : files_below(folder)) {
    std::error_code gone;
    const auto bytes = fs::file_size(file.path, gone);
    const auto changed = gone ? fs::file_time_type() : fs::last_write_time(file.path, gone);
    auto name = file.name;
    if (!gone) snapshot.emplace(std::move(name), SeenFile{std::move(file), {bytes, changed}});
  }
  return snapshot;
}

SettledFiles::Step SettledFiles::take(const Snapshot& there, SteadyTime now) {
  Step step;
  std::erase_if(pending_, [&](const auto& entry) { return !there.contains(entry.first); });
  for (auto at = taken_.begin(); at != taken_.end();) {
    const bool is_gone = !there.contains(at->first);
    if (is_gone) step.gone.push_back(at->first);
    at = is_gone ? taken_.erase(at) : std::next(at);
  }
  for (const auto& [name, seen] : there) {
    const auto taken = taken_.find(name);
    if (taken != taken_.end() && taken->second == seen.stamp) continue;
    auto& pending = pending_.try_emplace(name, Pending{seen.stamp, now}).first->second;
    if (pending.stamp != seen.stamp) pending = {seen.stamp, now};
    if (now - pending.since >= kSettle) {
      step.ready.push_back(seen.file);
      taken_[name] = seen.stamp;
      pending_.erase(name);
    } else {
      step.is_unsettled = true;
    }
  }
  return step;
}

}  // namespace fragua::cli
