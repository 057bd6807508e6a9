#include "app/configuration.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::app;
using namespace std::chrono_literals;

namespace {

// A configuration file of the test's own, gone afterwards.
struct File {
  explicit File(std::string_view text) {
    std::string pattern = (fs::temp_directory_path() / "configuration_test.XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder = pattern;
    write_file_atomically(path(), text);
  }
  ~File() { fs::remove_all(folder); }
  fs::path path() const { return folder / "fragua.toml"; }
  fs::path folder;
};

Settings with_flag(const std::string& key, const std::string& value) { return read_settings({{}, {}, {{key, value}}}); }

}  // namespace

TEST_CASE("configuration: the file goes over the defaults, the environment over the file, flags over all") {
  const File file("num_ctx = 1\nthreads = 2\nparallel_max = 3\n");
  const auto settings = read_settings(
      {file.path(), {{"FRAGUA_THREADS", "20"}, {"FRAGUA_PARALLEL_MAX", "30"}}, {{"parallel_max", "300"}}});
  CHECK(integer_of(settings, "num_ctx") == 1);
  CHECK(integer_of(settings, "threads") == 20);
  CHECK(integer_of(settings, "parallel_max") == 300);
  CHECK(integer_of(settings, "models_max") == 3);
  CHECK(settings.at("num_ctx").origin == "file");
  CHECK(settings.at("threads").origin == "FRAGUA_THREADS");
  CHECK(settings.at("parallel_max").origin == "flag");
  CHECK(settings.at("models_max").origin == "default");
}

TEST_CASE("configuration: our own variable goes before Ollama's, an empty one does not count") {
  CHECK(integer_of(read_settings({{}, {{"OLLAMA_CONTEXT_LENGTH", "7"}}, {}}), "num_ctx") == 7);
  CHECK(integer_of(read_settings({{}, {{"OLLAMA_CONTEXT_LENGTH", "7"}, {"FRAGUA_NUM_CTX", "8"}}, {}}), "num_ctx") == 8);
  CHECK(integer_of(read_settings({{}, {{"OLLAMA_CONTEXT_LENGTH", "7"}, {"FRAGUA_NUM_CTX", ""}}, {}}), "num_ctx") == 7);
}

TEST_CASE("configuration: every default reads as what its setting is") {
  const auto settings = read_settings({});
  for (const auto* key :
       {"queue_max_requests", "models_max", "memory_bytes", "parallel_max", "num_ctx", "threads", "gpu_layers"})
    CHECK_NOTHROW(integer_of(settings, key));
  CHECK(truth_of(settings, "isolate_users"));
  CHECK(duration_of(settings, "keep_alive") == 5min);
  CHECK(list_of(settings, "listen").size() == 2);
  CHECK(list_of(settings, "allowed_origins").empty());
}

TEST_CASE("configuration: an unknown setting is an error that says where it stands") {
  const File file("num_ctxx = 1\n");
  CHECK_THROWS_WITH_AS(read_settings({file.path(), {}, {}}), doctest::Contains("\"num_ctxx\" (from file)"), Error);
  CHECK_THROWS_WITH_AS(with_flag("num_ctxx", "1"), doctest::Contains("(from flag)"), Error);
}

TEST_CASE("configuration: a file that is not TOML, or holds other than texts, integers and booleans, is refused") {
  for (const auto* text : {"num_ctx = \n", "num_ctx = 1.5\n", "[num_ctx]\nx = 1\n"})
    CHECK_THROWS_AS(read_settings({File(text).path(), {}, {}}), Error);
  CHECK_THROWS_WITH_AS(read_settings({File("threads = 1\nnum_ctx = \n").path(), {}, {}}), doctest::Contains("line 2"),
                       Error);
}

TEST_CASE("configuration: a list in the file is a list") {
  const File file("listen = [\"127.0.0.1:1\", \" [::1]:2 \"]\nisolate_users = false\n");
  const auto settings = read_settings({file.path(), {}, {}});
  CHECK(list_of(settings, "listen") == std::vector<std::string>{"127.0.0.1:1", "[::1]:2"});
  CHECK_FALSE(truth_of(settings, "isolate_users"));
}

TEST_CASE("configuration: a bad value names its setting and where it came from") {
  for (const auto* bad : {"", "x", "1x", "1.5", " 1", "99999999999999999999"})
    CHECK_THROWS_WITH_AS(integer_of(with_flag("num_ctx", bad), "num_ctx"), doctest::Contains("\"num_ctx\" (from flag)"),
                         Error);
  CHECK_THROWS_AS(truth_of(with_flag("isolate_users", "maybe"), "isolate_users"), Error);
  for (const auto* bad : {"", "soon", "5 m", "-"})
    CHECK_THROWS_AS(duration_of(with_flag("keep_alive", bad), "keep_alive"), Error);
}

TEST_CASE("configuration: a duration may be plain seconds") {
  CHECK(duration_of(with_flag("keep_alive", "90"), "keep_alive") == 90s);
  CHECK(duration_of(with_flag("keep_alive", "-1"), "keep_alive") == -1s);
  CHECK(duration_of(with_flag("keep_alive", "1h30m"), "keep_alive") == 90min);
}

TEST_CASE("configuration: a setting of pairs names each value, and is never shown") {
  const auto settings = with_flag("catalogue_connections", "tickets=postgresql://u:p@h/d?a=b, flats=postgresql://u:q@h/e");
  const auto pairs = pairs_of(settings, "catalogue_connections");
  CHECK(pairs.size() == 2);
  CHECK(pairs.at("tickets") == "postgresql://u:p@h/d?a=b");
  for (const auto* wrong : {"tickets", "=x", "tickets="}) CHECK_THROWS_AS(pairs_of(with_flag("catalogue_connections", wrong), "catalogue_connections"), Error);
  for (const auto& row : setting_rows())
    if (row.key == "catalogue_connections") {
      CHECK(shown_value(row, settings.find(row.key)->second) == "[secret]");
      CHECK(shown_value(row, {"", "default"}) == "");
    }
}
