#include "models/store.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <thread>

#include "fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {

fs::path manifest_file(const StoreFixture& fixture, const std::string& name) {
  return fixture.folder.path() / "manifests" / ModelName::require(name).filepath();
}

void make_older(const fs::path& file, int seconds) {
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  const timespec times[2] = {{status.st_mtim.tv_sec - seconds, 0}, {status.st_mtim.tv_sec - seconds, 0}};
  REQUIRE(::utimensat(AT_FDCWD, file.c_str(), times, 0) == 0);
}

SystemTime later(std::chrono::hours by) { return std::chrono::system_clock::now() + by; }

}  // namespace

TEST_CASE("model store: a model is found with all that its layers say") {
  StoreFixture f;
  ConfigBody config;
  config.model_family = "llama";
  const auto manifest = put_model(f.store, "ana/modelo:v1",
                                  {{media::kModel, "weights"},
                                   {media::kProjector, "eyes"},
                                   {media::kAdapter, "lora"},
                                   {media::kTemplate, "{{ .Prompt }}"},
                                   {media::kSystem, "Sé breve."},
                                   {media::kParams, R"({"temperature":0.1,"stop":["a","b"]})"},
                                   {media::kMessages, R"([{"role":"user","content":"hola"}])"},
                                   {media::kLicense, "MIT"},
                                   {media::kLicense, "more"},
                                   {"application/x-unknown", "?"}},
                                  config);
  const auto model = f.store.require(ModelName::require("Ana/MODELO:V1"));
  CHECK(model.name.display() == "ana/modelo:v1");
  CHECK(model.digest == Digest::of(manifest.bytes));
  CHECK(model.size == manifest.size());
  CHECK(model.config.model_family == "llama");
  CHECK(model.template_ == "{{ .Prompt }}");
  CHECK(model.system == "Sé breve.");
  CHECK(model.parameters.at("temperature") == 0.1);
  REQUIRE(model.messages.size() == 1);
  CHECK(model.messages[0].content == "hola");
  CHECK(model.licenses == std::vector<std::string>{"MIT", "more"});
  REQUIRE(model.models.size() == 1);
  CHECK(read_file(model.models[0]) == "weights");
  CHECK(model.model_digest == Digest::of("weights"));
  CHECK(model.projectors.size() == 1);
  CHECK(model.adapters.size() == 1);
  CHECK(read_file(manifest_file(f, "ana/modelo:v1")) == manifest.bytes);
}

TEST_CASE("model store: what is not there is absent, or an error with its name") {
  StoreFixture f;
  CHECK_FALSE(f.store.find(ModelName::require("nada")));
  const auto [code, message] = error_of([&] { f.store.require(ModelName::require("nada")); });
  CHECK(code == "not_found");
  CHECK(message == "model 'nada:latest' not found");
  CHECK(error_of([&] { f.store.remove(ModelName::require("nada")); }).first == "not_found");
  CHECK(error_of([&] { f.store.copy(ModelName::require("nada"), ModelName::require("b")); }).first == "not_found");
  CHECK(f.store.list().empty());
}

TEST_CASE("model store: a change on disk is seen at once, whoever made it") {
  StoreFixture f;
  put_model(f.store, "m", {{media::kSystem, "one"}});
  CHECK(f.store.require(ModelName::require("m")).system == "one");
  ModelStore other(f.folder.path(), f.log);
  put_model(other, "m", {{media::kSystem, "two"}});
  CHECK(f.store.require(ModelName::require("m")).system == "two");
}

TEST_CASE("model store: the list is newest first and skips what is broken") {
  StoreFixture f;
  put_model(f.store, "old", {{media::kModel, "1"}});
  put_model(f.store, "new", {{media::kModel, "2"}});
  put_model(f.store, "broken", {{media::kModel, "3"}});
  ConfigBody configured;
  configured.model_family = "soon gone";
  put_model(f.store, "no-config", {{media::kModel, "4"}}, configured);
  make_older(manifest_file(f, "old"), 100);
  write_file_atomically(manifest_file(f, "broken"), "{\"layers\":");
  f.store.blobs().remove(Digest::of(configured.to_bytes()));
  write_file_atomically(f.folder / "manifests/registry.ollama.ai/library/x/..bad", "{}");
  write_file_atomically(f.folder / "manifests/stray", "{}");
  ModelStore fresh(f.folder.path(), f.log);
  std::vector<std::string> names;
  for (const auto& entry : fresh.list()) names.push_back(entry.name.display());
  CHECK(names == std::vector<std::string>{"new:latest", "old:latest"});
  CHECK(error_of([&] { fresh.find(ModelName::require("broken")); }).first == "corrupt");
}

TEST_CASE("model store: names that differ in case are one model") {
  StoreFixture f;
  put_model(f.store, "Ana/Modelo", {{media::kSystem, "one"}});
  put_model(f.store, "ana/modelo", {{media::kSystem, "two"}});
  put_model(f.store, "ANA/otro", {{media::kSystem, "three"}});
  CHECK(f.store.list().size() == 2);
  CHECK(f.store.require(ModelName::require("aNa/mOdElO")).name.display() == "Ana/Modelo:latest");
  CHECK(f.store.require(ModelName::require("Ana/Modelo")).system == "two");
  CHECK(f.store.canonical(ModelName::require("ana/nuevo")).namespace_ == "Ana");
  f.store.remove(ModelName::require("ANA/MODELO"));
  CHECK(f.store.list().size() == 1);
}

TEST_CASE("model store: a manifest is refused while a blob that it names is missing") {
  StoreFixture f;
  const auto config = f.store.blobs().put("{}");
  const auto manifest = Manifest::of({std::string(media::kConfig), config.digest, 2, "", ""},
                                     {{std::string(media::kModel), Digest::of("never added"), 5, "", ""}});
  CHECK(error_of([&] { f.store.put(ModelName::require("m"), manifest); }).first == "corrupt");
  CHECK_FALSE(f.store.find(ModelName::require("m")));
}

TEST_CASE("model store: removing a model removes its blobs but not those that another names") {
  StoreFixture f;
  put_model(f.store, "a", {{media::kModel, "shared"}, {media::kSystem, "only a"}});
  put_model(f.store, "b", {{media::kModel, "shared"}, {media::kSystem, "only b"}});
  f.store.copy(ModelName::require("b"), ModelName::require("c"));
  CHECK(f.store.require(ModelName::require("c")).digest == f.store.require(ModelName::require("b")).digest);
  f.store.remove(ModelName::require("a"));
  CHECK(f.store.blobs().has(Digest::of("shared")));
  CHECK_FALSE(f.store.blobs().has(Digest::of("only a")));
  f.store.remove(ModelName::require("b"));
  CHECK(f.store.blobs().has(Digest::of("only b")));
  f.store.remove(ModelName::require("c"));
  CHECK(file_names(f.folder / "blobs").empty());
  CHECK(file_names(f.folder / "manifests").empty());  // empty folders go too
}

TEST_CASE("model store: nothing is deleted while someone adds") {
  StoreFixture f;
  put_model(f.store, "a", {{media::kModel, "weights"}});
  {
    const auto adding = f.store.blobs().adding();
    f.store.remove(ModelName::require("a"));
    CHECK(f.store.blobs().has(Digest::of("weights")));
    CHECK(f.store.collect_garbage(later(std::chrono::hours(48))).busy);
  }
  const auto report = f.store.collect_garbage(later(std::chrono::hours(48)));
  CHECK_FALSE(report.busy);
  CHECK(report.blobs == 2);
  CHECK_FALSE(f.store.blobs().has(Digest::of("weights")));
}

TEST_CASE("garbage collection: keeps what is named, even by a broken manifest, and what is young") {
  StoreFixture f;
  put_model(f.store, "good", {{media::kModel, "named"}});
  put_model(f.store, "bad", {{media::kModel, "named by a broken one"}});
  const auto broken = read_file(manifest_file(f, "bad"));
  write_file_atomically(manifest_file(f, "bad"), broken.substr(0, broken.size() - 3));
  f.store.blobs().put("orphan");
  CHECK(f.store.collect_garbage(later(std::chrono::hours(0))).blobs == 0);  // younger than an hour
  const auto report = f.store.collect_garbage(later(std::chrono::hours(2)));
  CHECK(report.blobs == 1);
  CHECK(report.bytes == 6);
  CHECK_FALSE(f.store.blobs().has(Digest::of("orphan")));
  CHECK(f.store.blobs().has(Digest::of("named")));
  CHECK(f.store.blobs().has(Digest::of("named by a broken one")));
}

TEST_CASE("garbage collection: what a dead process left among the manifests is removed, other files are not") {
  StoreFixture f;
  put_model(f.store, "m", {{media::kModel, "weights"}});
  const auto folder = manifest_file(f, "m").parent_path();
  write_file_atomically(folder / ".latest.AbC123", "{\"layers\":[]}");
  write_file_atomically(folder / ".DS_Store", "x");
  f.store.collect_garbage(later(std::chrono::hours(2)));
  CHECK(file_names(folder) == std::vector<std::string>{".DS_Store", "latest"});
}

TEST_CASE("model store: two stores on one folder, adding, copying and collecting at once, lose nothing that is named") {
  StoreFixture f;
  ModelStore second(f.folder.path(), f.log);
  const auto work = [](ModelStore& store, const std::string& prefix) {
    for (int i = 0; i < 40; ++i) {
      const auto name = prefix + std::to_string(i);
      put_model(store, name, {{media::kModel, "shared"}, {media::kSystem, name}});
      if (i % 3 == 0) store.remove(ModelName::require(name));
      if (i % 5 == 0) store.collect_garbage(later(std::chrono::hours(2)));
    }
  };
  std::thread other([&] { work(second, "two"); });
  work(f.store, "one");
  other.join();
  ModelStore fresh(f.folder.path(), f.log);
  const auto list = fresh.list();
  CHECK(list.size() == 2 * 26);
  for (const auto& entry : list) CHECK(fresh.require(entry.name).models.size() == 1);
}
