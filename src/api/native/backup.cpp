// GET /api/v1/backup and POST /api/v1/restore: the whole installation as one file, out and in.
#include "backup/backup.h"

#include <fstream>

#include "accounts/administration.h"
#include "api/native/account_routes.h"
#include "api/native/file_answer.h"
#include "base/files.h"
#include "base/ids.h"
#include "base/strings.h"
#include "db/store.h"
#include "runtime/pool.h"

namespace fragua::api::native {

namespace {

// A file that goes with its request.
class PassingFile {
 public:
  explicit PassingFile(fs::path path) : path_(std::move(path)) {}
  ~PassingFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

fs::path passing_path(Call& call, const std::string& what) {
  return call.services.places.data_folder / (what + "-" + id_text(call.services.random(), 12) + ".tmp");
}

Task<> receive_file(Call& call, fs::path path) {
  std::ofstream file(path, std::ios::binary);
  while (true) {
    const auto piece = co_await call.exchange.body_piece(call.route.body_max_bytes);
    if (piece.empty()) break;
    file.write(piece.data(), std::streamsize(piece.size()));
  }
  file.close();
  if (!file) throw Error(ErrorCode::storage_full, "the disk is full: the backup could not be kept");
}

}  // namespace

Task<> back_up(Call& call) {
  const PassingFile file(passing_path(call, "backup"));
  auto& services = call.services;
  const auto work = [&services, path = file.path()] { backup::make(services.database.database(), services.places, path, services.clock.system()); };
  co_await services.pool.run(work);
  co_await services.administration.record(call.actor(), "backup.make", "");
  const auto day = rfc3339(services.clock.system()).substr(0, 10);
  call.headers.emplace_back("Content-Disposition", "attachment; filename=\"fragua-" + day + ".zip\"");
  co_await call.begin("application/zip");
  co_await send_file(call, std::ifstream(file.path(), std::ios::binary));
}

Task<> stage_restore(Call& call) {
  const PassingFile file(passing_path(call, "restore"));
  co_await receive_file(call, file.path());
  const auto work = [path = file.path(), folder = call.services.places.data_folder] {
    const auto content = backup::inspect(path, folder);
    fs::rename(path, folder / backup::kStagedFile);
    return content;
  };
  const auto content = co_await call.services.pool.run(work);
  co_await call.services.administration.record(call.actor(), "backup.restore", content.created_at);
  json::object answer;
  answer["restart_required"] = true;
  answer["created_at"] = content.created_at;
  answer["message"] = "The backup takes its place when the server is started again; today's database is kept beside it.";
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::native
