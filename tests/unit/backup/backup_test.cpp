#include "backup/backup.h"

#include <doctest/doctest.h>

#include "backup/folder_lock.h"
#include "backup/zip_file.h"
#include "base/error.h"
#include "base/files.h"
#include "db/migrations.h"
#include "db/sqlite/database.h"
#include "support/temporary_folder.h"

using namespace fragua;

namespace {

struct Bench {
  tests::TemporaryFolder folder;
  ManualClock clock;
  backup::Places places{folder.path() / "data", folder.path() / "models"};
  fs::path file = folder.path() / "backup.zip";

  std::unique_ptr<db::Database> open() {
    auto database = db::open_sqlite({places.data_folder / "fragua.db"});
    db::migrate(*database, db::migrations());
    return database;
  }
  void add_group(db::Database& database, const std::string& name) {
    database.write([&](db::Connection& c) { c.execute("INSERT INTO user_groups (id, name, name_key) VALUES ($1, $1, $1)", {name}); });
  }
  std::vector<std::string> groups() {
    std::vector<std::string> names;
    open()->read([&](db::Connection& c) {
      for (const auto& row : c.query("SELECT name FROM user_groups ORDER BY name")) names.push_back(row.text(0));
    });
    return names;
  }
  void write_manifest(const std::string& text) {
    fs::create_directories(places.models_folder / "manifests/host/library/m");
    write_file_atomically(places.models_folder / "manifests/host/library/m/latest", text);
  }
};

}  // namespace

TEST_CASE("backup: what is restored is what was there when it was made") {
  Bench bench;
  bench.write_manifest("{}");
  {
    const auto database = bench.open();
    bench.add_group(*database, "before");
    backup::make(*database, bench.places, bench.file, bench.clock.system());
    bench.add_group(*database, "after");
  }
  fs::remove_all(bench.places.models_folder);
  CHECK(backup::inspect(bench.file, bench.folder.path()).manifests == 1);
  backup::restore(bench.file, bench.places, bench.clock.system());
  CHECK(bench.groups() == std::vector<std::string>{"before"});
  CHECK(read_file(bench.places.models_folder / "manifests/host/library/m/latest") == "{}");
}

TEST_CASE("backup: the database before a restore is kept beside it") {
  Bench bench;
  {
    const auto database = bench.open();
    backup::make(*database, bench.places, bench.file, bench.clock.system());
    bench.add_group(*database, "after");
  }
  backup::restore(bench.file, bench.places, bench.clock.system());
  std::size_t kept = 0;
  for (const auto& entry : fs::directory_iterator(bench.places.data_folder)) kept += entry.path().string().find(".before-") != std::string::npos;
  CHECK(kept >= 1);
}

TEST_CASE("backup: a file is not overwritten, and while a server runs nothing is restored") {
  Bench bench;
  const auto database = bench.open();
  backup::make(*database, bench.places, bench.file, bench.clock.system());
  CHECK_THROWS_AS(backup::make(*database, bench.places, bench.file, bench.clock.system()), Error);
  const backup::FolderLock server(bench.places.data_folder, backup::FolderLock::Kind::shared);
  CHECK_THROWS_AS(backup::restore(bench.file, bench.places, bench.clock.system()), Error);
}

TEST_CASE("backup: what is none is refused and changes nothing") {
  Bench bench;
  bench.add_group(*bench.open(), "kept");
  const auto refused = [&](const fs::path& file) {
    CHECK_THROWS_AS(backup::restore(file, bench.places, bench.clock.system()), Error);
    CHECK(bench.groups() == std::vector<std::string>{"kept"});
  };
  write_file_atomically(bench.folder.path() / "no.zip", "not a zip file");
  refused(bench.folder.path() / "no.zip");
  const auto with = [&](const std::string& name, const std::string& database) {
    backup::ZipWriter zip(bench.folder.path() / name);
    zip.add_text("backup.json", R"({"format": "fragua-backup"})");
    if (!database.empty()) zip.add_text("fragua.db", database);
    zip.close();
    return bench.folder.path() / name;
  };
  refused(with("empty.zip", ""));
  refused(with("damaged.zip", std::string(8192, 'x')));
}

TEST_CASE("backup: what a newer Fragua made is refused before anything is replaced, and looking at it leaves nothing") {
  Bench bench;
  {
    const auto database = bench.open();
    database->write([](db::Connection& c) { c.execute("INSERT INTO schema_versions (version, name) VALUES (9999, 'of tomorrow')"); });
    backup::make(*database, bench.places, bench.file, bench.clock.system());
    database->write([](db::Connection& c) { c.execute("DELETE FROM schema_versions WHERE version = 9999"); });
  }
  const auto files = [&] { return std::distance(fs::directory_iterator(bench.places.data_folder), {}); };
  const auto before = files();
  CHECK_THROWS_AS(backup::inspect(bench.file, bench.places.data_folder), Error);
  CHECK_THROWS_AS(backup::restore(bench.file, bench.places, bench.clock.system()), Error);
  CHECK(files() <= before + 1);                               // the lock
  CHECK(bench.groups().empty());
}

TEST_CASE("backup: a manifest that changed since is again what it was") {
  Bench bench;
  bench.write_manifest("then");
  backup::make(*bench.open(), bench.places, bench.file, bench.clock.system());
  bench.write_manifest("now");
  backup::restore(bench.file, bench.places, bench.clock.system());
  CHECK(read_file(bench.places.models_folder / "manifests/host/library/m/latest") == "then");
}

TEST_CASE("backup: no name in the file leads outside the models' folder") {
  Bench bench;
  {
    const auto database = bench.open();
    backup::make(*database, bench.places, bench.file, bench.clock.system());
  }
  const auto hostile = bench.folder.path() / "hostile.zip";
  {
    backup::ZipReader reader(bench.file);
    reader.extract("fragua.db", bench.folder.path() / "copy.db", 1 << 30);
    backup::ZipWriter zip(hostile);
    zip.add_text("backup.json", reader.read("backup.json", 1 << 16));
    zip.add_file("fragua.db", bench.folder.path() / "copy.db");
    for (const auto* name : {"manifests/../../escaped", "manifests/a/../b/c", "manifests//a/b/c/d", "/etc/escaped", "manifests/a/b/c", "manifests/a/b/c/..", "manifests/.a/b/c/d"})
      zip.add_text(name, "escaped");
    zip.close();
  }
  CHECK(backup::inspect(hostile, bench.folder.path()).manifests == 0);
  backup::restore(hostile, bench.places, bench.clock.system());
  CHECK_FALSE(fs::exists(bench.folder.path() / "escaped"));
  CHECK_FALSE(fs::exists(bench.places.models_folder));
}

TEST_CASE("backup: documents' files come back where they were, and no name in the file leads anywhere else") {
  Bench bench;
  const std::string id = "3f" + std::string(30, 'a');
  const auto place = bench.places.data_folder / "documents" / "3f" / id;
  fs::create_directories(place.parent_path());
  write_file_atomically(place, "a report");
  fs::create_directories(bench.places.data_folder / "documents" / "scratch");
  write_file_atomically(bench.places.data_folder / "documents" / "scratch" / "x", "half");
  {
    const auto database = bench.open();
    backup::make(*database, bench.places, bench.file, bench.clock.system());
  }
  fs::remove_all(bench.places.data_folder / "documents");
  CHECK(backup::inspect(bench.file, bench.folder.path()).documents == 1);
  backup::restore(bench.file, bench.places, bench.clock.system());
  CHECK(read_file(place) == "a report");
  CHECK_FALSE(fs::exists(bench.places.data_folder / "documents" / "scratch"));

  const auto hostile = bench.folder.path() / "hostile.zip";
  {
    backup::ZipReader good(bench.file);
    good.extract("fragua.db", bench.folder.path() / "copy.db", 1 << 30);
    backup::ZipWriter zip(hostile);
    zip.add_text("backup.json", good.read("backup.json", 1 << 16));
    zip.add_file("fragua.db", bench.folder.path() / "copy.db");
    for (const auto& name : {"documents/../../" + id, "documents/3f/../" + id, "documents/44/" + id, "documents/3f/" + id + "/x"}) zip.add_text(name, "evil");
    zip.close();
  }
  fs::remove_all(bench.places.data_folder / "documents");
  backup::restore(hostile, bench.places, bench.clock.system());
  CHECK_FALSE(fs::exists(bench.places.data_folder / "documents"));
  CHECK_FALSE(fs::exists(bench.folder.path() / id));
}
