#include "models/registry/transfer_progress.h"

namespace fragua::models {

namespace {
constexpr std::size_t kShownDigits = 12;
}

json::object to_json(const TransferProgress& progress) {
  json::object line{{"status", progress.status}};
  if (progress.digest) line["digest"] = progress.digest->text();
  if (progress.total > 0) line["total"] = progress.total;
  if (progress.completed > 0) line["completed"] = progress.completed;
  return line;
}

TransferProgress blob_progress(const char* verb, const Digest& digest, std::uint64_t total, std::uint64_t completed) {
  return {std::string(verb) + " " + digest.hex().substr(0, kShownDigits), digest, total, completed};
}

}  // namespace fragua::models
