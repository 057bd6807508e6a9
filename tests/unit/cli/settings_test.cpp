#include "cli/settings.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

namespace {

std::string set(Session& session, std::string_view line) { return apply_setting(session, parse_repl_line(line)); }

}  // namespace

TEST_CASE("/set: parameters get the type that they have, and wrong ones are explained") {
  Session session;
  CHECK(set(session, "/set parameter temperature 0.1") == "Set parameter 'temperature' to '0.1'\n");
  CHECK(set(session, "/set parameter num_ctx 8192") == "Set parameter 'num_ctx' to '8192'\n");
  CHECK(set(session, "/set parameter stop one two") == "Set parameter 'stop' to 'one, two'\n");
  CHECK(session.options.at("temperature").as_double() == doctest::Approx(0.1));
  CHECK(session.options.at("num_ctx").to_number<int>() == 8192);
  CHECK(session.options.at("stop") == json::value(json::array{"one", "two"}));
  CHECK(set(session, "/set parameter top_k many").starts_with("Couldn't set parameter: "));
  CHECK(set(session, "/set parameter frobnicate 1").starts_with("Couldn't set parameter: "));
  CHECK_FALSE(session.options.contains("top_k"));
  CHECK(set(session, "/set parameter").starts_with("Available Parameters:"));
}

TEST_CASE("/set: switches") {
  Session session;
  CHECK(set(session, "/set nowordwrap") == "Set 'nowordwrap' mode.\n");
  CHECK_FALSE(session.word_wrap);
  CHECK(set(session, "/set wordwrap") == "Set 'wordwrap' mode.\n");
  CHECK(session.word_wrap);
  CHECK(set(session, "/set verbose") == "Set 'verbose' mode.\n");
  CHECK(session.verbose);
  CHECK(set(session, "/set quiet") == "Set 'quiet' mode.\n");
  CHECK_FALSE(session.verbose);
  set(session, "/set nohistory");
  CHECK_FALSE(session.history);
  set(session, "/set history");
  CHECK(session.history);
}

TEST_CASE("/set: format is json or a schema, and can be taken back") {
  Session session;
  CHECK(set(session, "/set format json") == "Set format to 'json' mode.\n");
  CHECK(session.format == json::value("json"));
  CHECK(set(session, R"(/set format {"type": "object"})") == "Set format to a JSON Schema.\n");
  CHECK(session.format.as_object().at("type") == "object");
  CHECK(set(session, "/set format yaml").starts_with("Invalid or missing format."));
  CHECK(session.format.is_object());
  CHECK(set(session, "/set noformat") == "Disabled format.\n");
  CHECK(session.format.is_null());
}

TEST_CASE("/set: thinking on, off, and with a level") {
  Session session;
  CHECK(set(session, "/set think") == "Set 'think' mode.\n");
  CHECK(session.think == json::value(true));
  CHECK(set(session, "/set think high") == "Set 'think' mode to 'high'.\n");
  CHECK(session.think == json::value("high"));
  CHECK(set(session, "/set nothink") == "Set 'nothink' mode.\n");
  CHECK(session.think == json::value(false));
}

TEST_CASE("/set: the system message keeps its spaces and lines") {
  Session session;
  CHECK(set(session, "/set system You are  a smith.") == "Set system message.\n");
  CHECK(session.system == "You are  a smith.");
  ReplReader reader;
  reader.feed("/set system \"\"\"one");
  apply_setting(session, *reader.feed("two\"\"\""));
  CHECK(session.system == "one\ntwo");
}

TEST_CASE("/set: without a word or with an unknown one it helps") {
  Session session;
  CHECK(set(session, "/set").starts_with("Available Commands:"));
  CHECK(set(session, "/set frobnicate") == "Unknown command '/set frobnicate'. Type /? for help\n");
}
