#include "cli/repl_reader.h"

#include <doctest/doctest.h>

using namespace fragua::cli;
using Words = std::vector<std::string>;

TEST_CASE("conversation prompt: verbs are told from messages") {
  struct Case {
    const char* line;
    ReplVerb verb;
    Words words;
  };
  const Case cases[] = {{"hello there", ReplVerb::message, {}},
                        {"", ReplVerb::message, {}},
                        {" /set is not at the start", ReplVerb::message, {}},
                        {"/set parameter  temperature 0.1", ReplVerb::set, {"parameter", "temperature", "0.1"}},
                        {"/show info", ReplVerb::show, {"info"}},
                        {"/load qwen", ReplVerb::load, {"qwen"}},
                        {"/save mine ", ReplVerb::save, {"mine"}},
                        {"/clear", ReplVerb::clear, {}},
                        {"/list", ReplVerb::list, {}},
                        {"/?", ReplVerb::help, {}},
                        {"/? shortcuts", ReplVerb::help, {"shortcuts"}},
                        {"/help set", ReplVerb::help, {"set"}},
                        {"/bye", ReplVerb::leave, {}},
                        {"/exit", ReplVerb::leave, {}},
                        {"/settle", ReplVerb::unknown, {}},
                        {"/home/me/photo.png what is it", ReplVerb::unknown, {"what", "is", "it"}},
                        {"/", ReplVerb::unknown, {}}};
  for (const auto& [line, verb, words] : cases) {
    const auto command = parse_repl_line(line);
    CHECK_MESSAGE(command.verb == verb, line);
    CHECK(command.words == words);
    CHECK(command.text == line);
  }
}

TEST_CASE("conversation prompt: three quotes begin and end a message of several lines") {
  ReplReader reader;
  CHECK_FALSE(reader.feed("\"\"\"first").has_value());
  CHECK(reader.is_open());
  CHECK_FALSE(reader.feed("/bye is text here").has_value());
  CHECK_FALSE(reader.feed("").has_value());
  const auto command = reader.feed("last\"\"\"");
  REQUIRE(command.has_value());
  CHECK(command->verb == ReplVerb::message);
  CHECK(command->text == "first\n/bye is text here\n\nlast");
  CHECK_FALSE(reader.is_open());
  CHECK(reader.feed("next")->text == "next");
}

TEST_CASE("conversation prompt: three quotes on one line are a message at once") {
  ReplReader reader;
  CHECK(reader.feed("\"\"\"one line\"\"\"")->text == "one line");
}

TEST_CASE("conversation prompt: a system message may have several lines") {
  ReplReader reader;
  CHECK_FALSE(reader.feed("/set system \"\"\"You are").has_value());
  const auto command = reader.feed("a smith.\"\"\"");
  REQUIRE(command.has_value());
  CHECK(command->verb == ReplVerb::set);
  CHECK(command->words == Words{"system", "You are\na smith."});
  CHECK(reader.feed("/set system brief")->words == Words{"system", "brief"});
}

TEST_CASE("conversation prompt: an interrupted message is forgotten") {
  ReplReader reader;
  CHECK_FALSE(reader.feed("\"\"\"half").has_value());
  reader.reset();
  CHECK(reader.feed("whole")->text == "whole");
}
