#include "backup/backup.h"

#include <sys/stat.h>

#include <fstream>
#include <string>

#include "backup/folder_lock.h"
#include "backup/zip_file.h"
#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/strings.h"
#include "db/migrations.h"
#include "db/sqlite/database.h"

namespace fragua::backup {

namespace {

using namespace std::string_literals;

constexpr std::string_view kFormat = "fragua-backup";
constexpr std::string_view kManifests = "manifests/";
constexpr std::string_view kDatabaseMark = "SQLite format 3";
constexpr std::uint64_t kDatabaseMaxBytes = 1ull << 40;
constexpr std::uint64_t kManifestMaxBytes = 4 << 20;
constexpr std::string_view kDocuments = "documents/";       // <first two letters>/<id>, as documents/file_store lays them
constexpr std::size_t kIdLength = 32, kShardLength = 2;
constexpr std::uint64_t kDocumentMaxBytes = 1ull << 30;

// A database's own companions belong to the file they lie beside.
constexpr const char* kCompanions[] = {"-wal", "-shm"};

void remove_companions(const fs::path& database) {
  std::error_code ignored;
  for (const auto* ending : kCompanions) fs::remove(database.string() + ending, ignored);
}

// A database that goes when the work is done, however it ends.
class Scratch {
 public:
  explicit Scratch(fs::path path) : path_(std::move(path)) { fs::remove(path_); }
  ~Scratch() {
    std::error_code ignored;
    fs::remove(path_, ignored);
    remove_companions(path_);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string header_of(std::int64_t manifests, SystemTime now) {
  json::object header;
  header["format"] = kFormat;
  header["version"] = FRAGUA_VERSION;
  header["created_at"] = rfc3339(now);
  header["manifests"] = manifests;
  return to_pretty_json(header);
}

std::int64_t add_manifests(ZipWriter& zip, const fs::path& models_folder) {
  const auto folder = models_folder / "manifests";
  std::int64_t count = 0;
  if (!fs::is_directory(folder)) return count;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    zip.add_file(std::string(kManifests) + entry.path().lexically_relative(folder).generic_string(), entry.path());
    ++count;
  }
  return count;
}

// Below the folder, with no way out of it: four parts, as manifests lie (host/namespace/model/tag).
bool is_manifest_name(const std::string& name) {
  if (!name.starts_with(kManifests)) return false;
  const auto parts = split(std::string_view(name).substr(kManifests.size()), '/');
  for (const auto& part : parts)
    if (part.empty() || part.starts_with('.') || part.find_first_of("\\\0"s) != std::string::npos) return false;
  return parts.size() == 4;
}

// documents/3f/3f…: an id of hexadecimal digits in its own shard.
bool is_document_name(const std::string& name) {
  if (!name.starts_with(kDocuments)) return false;
  const auto parts = split(std::string_view(name).substr(kDocuments.size()), '/');
  return parts.size() == 2 && parts[1].size() == kIdLength && parts[0].size() == kShardLength && parts[1].starts_with(parts[0]) &&
         parts[1].find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::int64_t add_documents(ZipWriter& zip, const fs::path& data_folder) {
  const auto folder = data_folder / "documents";
  std::int64_t count = 0;
  if (!fs::is_directory(folder)) return count;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto name = std::string(kDocuments) + entry.path().lexically_relative(folder).generic_string();
    if (!entry.is_regular_file() || !is_document_name(name)) continue;
    zip.add_file(name, entry.path());
    ++count;
  }
  return count;
}

Content content_of(ZipReader& zip) {
  Content content;
  json::value header;
  header = parse_json(zip.read("backup.json", 1 << 16));
  if (!header.is_object() || string_member(header.get_object(), "format") != kFormat || !zip.has("fragua.db"))
    throw Error(ErrorCode::invalid_argument, "this zip file is no backup of Fragua's");
  content.created_at = string_member(header.get_object(), "created_at");
  for (const auto& name : zip.names()) {
    content.manifests += is_manifest_name(name);
    content.documents += is_document_name(name);
  }
  return content;
}

bool begins_like_database(const fs::path& file) {
  std::string begin(kDatabaseMark.size(), '\0');
  std::ifstream(file, std::ios::binary).read(begin.data(), std::streamsize(begin.size()));
  return begin == kDatabaseMark;
}

void check_database(const fs::path& file) {
  const Error damaged(ErrorCode::invalid_argument, "the backup's database is damaged");
  if (!begins_like_database(file)) throw damaged;
  const auto database = db::open_sqlite({file, 1});
  const auto schema = db::migration_state(*database, db::migrations());
  if (schema.from > schema.to)
    throw Error(ErrorCode::unsupported, "a newer Fragua made this backup (schema " + std::to_string(schema.from) + ", this one knows " + std::to_string(schema.to) +
                                            "): install that version to restore it");
  database->read([&](db::Connection& connection) {
    if (connection.query("PRAGMA integrity_check").front().text(0) != "ok") throw damaged;
  });
}

void restore_manifests(ZipReader& zip, const fs::path& models_folder) {
  for (const auto& name : zip.names()) {
    if (!is_manifest_name(name)) continue;
    const auto file = models_folder / name;
    fs::create_directories(file.parent_path());
    write_file_atomically(file, zip.read(name, kManifestMaxBytes));
  }
}

void restore_documents(ZipReader& zip, const fs::path& data_folder) {
  for (const auto& name : zip.names()) {
    if (!is_document_name(name)) continue;
    const auto file = data_folder / name;
    if (fs::exists(file)) continue;       // its id is of one content
    fs::create_directories(file.parent_path());
    zip.extract(name, file, kDocumentMaxBytes);
    ::chmod(file.c_str(), 0600);
  }
}

void move_away(const fs::path& database, SystemTime now) {
  const auto stamp = rfc3339(now).substr(0, 19);
  for (const auto* ending : {"", "-wal", "-shm"}) {
    const fs::path from = database.string() + ending;
    if (fs::exists(from)) fs::rename(from, database.string() + ".before-" + stamp + ending);
  }
}

}  // namespace

void make(db::Database& database, const Places& places, const fs::path& file, SystemTime now) {
  const Scratch copy(places.data_folder / "backup.db.tmp");
  database.back_up(copy.path());
  ZipWriter zip(file);
  const auto manifests = add_manifests(zip, places.models_folder);
  add_documents(zip, places.data_folder);
  zip.add_text("backup.json", header_of(manifests, now));
  zip.add_file("fragua.db", copy.path());
  zip.close();
  ::chmod(file.c_str(), 0600);
}

Content inspect(const fs::path& file, const fs::path& scratch) {
  ZipReader zip(file);
  const auto content = content_of(zip);
  const Scratch extracted(scratch / "inspect.db.tmp");
  zip.extract("fragua.db", extracted.path(), kDatabaseMaxBytes);
  check_database(extracted.path());
  return content;
}

Content restore(const fs::path& file, const Places& places, SystemTime now) {
  const FolderLock lock(places.data_folder, FolderLock::Kind::alone);
  ZipReader zip(file);
  const auto content = content_of(zip);
  const Scratch extracted(places.data_folder / "restore.db.tmp");
  zip.extract("fragua.db", extracted.path(), kDatabaseMaxBytes);
  check_database(extracted.path());
  remove_companions(extracted.path());
  const auto database = places.data_folder / "fragua.db";
  move_away(database, now);
  fs::rename(extracted.path(), database);
  ::chmod(database.c_str(), 0600);
  restore_manifests(zip, places.models_folder);
  restore_documents(zip, places.data_folder);
  return content;
}

}  // namespace fragua::backup
