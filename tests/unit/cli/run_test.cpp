#include "cli/run.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/files.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

Session session(std::map<std::string, std::vector<std::string>, std::less<>> values,
                const Environment& environment = {}) {
  Arguments arguments;
  arguments.values = std::move(values);
  arguments.values["MODEL"] = {"qwen"};
  return session_of(arguments, environment);
}

}  // namespace

TEST_CASE("run: the options become a session") {
  const auto plain = session({});
  CHECK(plain.model == "qwen");
  CHECK(plain.word_wrap);
  CHECK(plain.history);
  CHECK(plain.format.is_null());
  CHECK(plain.think.is_null());
  CHECK_FALSE(plain.system.has_value());

  const auto full = session({{"system", {""}},
                             {"format", {"json"}},
                             {"think", {"true"}},
                             {"keepalive", {"0"}},
                             {"option", {"temperature=0", "stop=a=b", "stop=c"}},
                             {"nowordwrap", {"true"}},
                             {"verbose", {"true"}},
                             {"hidethinking", {"true"}}});
  CHECK(full.system == "");
  CHECK(full.format == "json");
  CHECK(full.think == true);
  CHECK(full.keep_alive == 0);
  CHECK(full.options.at("stop") == json::value(json::array{"a=b", "c"}));
  CHECK_FALSE(full.word_wrap);
  CHECK(full.verbose);
  CHECK(full.hide_thinking);
}

TEST_CASE("run: a schema may be in a file") {
  std::string path = (fs::temp_directory_path() / "fragua-schema-XXXXXX").string();
  ::close(::mkstemp(path.data()));
  write_file_atomically(path, R"({"type":"object"})");
  CHECK(session({{"format", {path}}}).format.as_object().at("type") == "object");
  write_file_atomically(path, "no schema");
  CHECK_THROWS_AS(session({{"format", {path}}}), Error);
  fs::remove(path);
  CHECK_THROWS_AS(session({{"format", {path}}}), Error);
}

TEST_CASE("run: either variable turns the history off") {
  CHECK_FALSE(session({}, {{{"FRAGUA_NOHISTORY", "1"}}, {}, {}}).history);
  CHECK_FALSE(session({}, {{{"OLLAMA_NOHISTORY", "1"}}, {}, {}}).history);
}
