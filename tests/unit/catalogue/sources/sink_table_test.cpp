#include "catalogue/sources/sink_table.h"

#include <doctest/doctest.h>

#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::shown;

TEST_CASE("sink table: tells its head, wanted or not, and knows what the sink wants of it") {
  tests::RecordingSink sink;
  sink.wanted = {"Event"};
  sink.unwanted_columns = {"createdBy"};
  const SinkTable events(sink, {"Event", {{"id", "text", {}}, {"createdBy", "text", {}}}});
  const SinkTable people(sink, {"User", {{"id", "text", {}}}});
  CHECK(sink.heads.size() == 2);
  CHECK(events.wanted());
  CHECK(events.wants(0));
  CHECK_FALSE(events.wants(1));
  CHECK_FALSE(people.wanted());
  CHECK_FALSE(people.wants(0));
  CHECK(events.find("createdBy") == 1);
  CHECK_FALSE(events.find("createdby").has_value());
  events.row({"1", std::nullopt});
  CHECK(shown(sink.rows["Event"].at(0)) == "1|NULL");
}
