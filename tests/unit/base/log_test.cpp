#include "base/log.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>

#include "base/error.h"
#include "base/strings.h"

using namespace fragua;

namespace {

// What `work` writes to standard error. A temporary file takes it: a pipe could be full.
template <class Work>
std::string standard_error_of(Work work) {
  std::fflush(stderr);
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  const int saved = ::dup(STDERR_FILENO);
  ::dup2(::fileno(file), STDERR_FILENO);
  work();
  std::fflush(stderr);
  ::dup2(saved, STDERR_FILENO);
  ::close(saved);
  std::string text(std::size_t(::lseek(::fileno(file), 0, SEEK_END)), '\0');
  std::rewind(file);
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  auto lines = split(text, '\n');
  lines.pop_back();
  return lines;
}

}  // namespace

TEST_CASE("log: for machines an event is one JSON object a line") {
  const auto lines = lines_of(standard_error_of([] {
    Log log(LogFormat::json);
    log.info("model.loaded", {{"model", "a\nb\""}, {"load_ms", 12}});
    log.error("engine.gone");
  }));
  REQUIRE(lines.size() == 2);
  const auto first = parse_json(lines[0]);
  CHECK(first.at("event") == "model.loaded");
  CHECK(first.at("level") == "info");
  CHECK(first.at("model") == "a\nb\"");
  CHECK(first.at("load_ms") == 12);
  CHECK(parse_json(lines[1]).at("level") == "error");
}

TEST_CASE("log: for people an event is one line, whatever its fields hold") {
  const auto lines = lines_of(standard_error_of([] {
    Log(LogFormat::text).warn("pull.slow", {{"model", "a\r\nforged line"}, {"tries", 2}});
  }));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].ends_with("warn pull.slow model=a  forged line tries=2"));
}

TEST_CASE("log: less than the least level is not written, and silence is silence") {
  CHECK(lines_of(standard_error_of([] {
          Log log(LogFormat::json, LogLevel::warn);
          log.debug("a");
          log.info("b");
          log.warn("c");
        })).size() == 1);
  CHECK(standard_error_of([] { Log(LogFormat::silent, LogLevel::debug).error("a"); }).empty());
}
