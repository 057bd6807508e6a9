#include "catalogue/text_repair.h"

#include <doctest/doctest.h>

#include "catalogue/sources/open.h"

using namespace fragua;
using namespace fragua::catalogue;
using Given = std::map<std::string, std::string>;

TEST_CASE("text repair: the mapping's words first, then mojibake, then lost characters, each counted") {
  TextRepair repair(Given{{"Pla??a", "Plaça"}});
  for (const char* text : {"MÃ¡laga", "Valencia"}) repair.learn(text);
  CHECK(repair.mended("city", "M??laga") == "Málaga");
  CHECK(repair.mended("city", "MÃ¡laga") == "Málaga");
  CHECK(repair.mended("place", "Pla??a Major, Pla??a") == "Plaça Major, Plaça");
  CHECK(repair.mended("place", "Le??n") == "Le??n");
  CHECK(repair.mended("place", "Valencia") == "Valencia");
  const auto report = repair.report();
  REQUIRE(report.size() == 4);
  CHECK(report[0].field == "city");
  CHECK(report[0].kind == DamageKind::mojibake);
  CHECK(report[0].repaired == 1);
  CHECK(name_of(report[1].kind) == "lost characters");
  CHECK(report[1].examples.at(0).after == "Málaga");
  CHECK(report[2].kind == DamageKind::given);
  CHECK(report[2].repaired == 2);
  CHECK(report[3].repaired == 0);
  CHECK(report[3].left == 1);
  CHECK(report[3].examples.at(0).before == "Le??n");
}

TEST_CASE("text repair: what the mapping gives is for whole words") {
  TextRepair repair(Given{{"Le??n", "León"}, {"a b", "c"}});
  CHECK(repair.mended("f", "Le??n, Le??nes, xLe??n a b") == "León, Le??nes, xLe??n c");
}

TEST_CASE("text repair: different examples, a few of them") {
  TextRepair repair;
  for (int i = 0; i < 20; ++i) repair.mended("f", "pla??a" + std::string(std::size_t(i % 10), 'x') + " pla??a");
  CHECK(repair.report().at(0).left == 40);
  CHECK(repair.report().at(0).examples.size() == Damage::kExamplesMax);
}

namespace {

struct TextSink final : RowSink {
  std::vector<std::string> texts;

  bool wants(std::string_view table) override { return table == "Venue" || table == "Event"; }
  void table(const TableHead&) override {}
  void row(std::string_view, Cells cells) override {
    for (auto& cell : cells)
      if (cell) texts.push_back(std::move(*cell));
  }
  void relation(const Relation&) override {}
};

}  // namespace

TEST_CASE("text repair: the real dump says itself what its damaged cities are") {
  const fs::path file = fs::path(FRAGUA_SOURCE_DIR) / "../shared/data/tickets/postgres_ticketing_backup.sql";
  if (!fs::exists(file)) {
    MESSAGE("skipped: ../shared/data/tickets is missing");
    return;
  }
  TextSink sink;
  open_source(file)->read(sink);
  TextRepair repair;
  for (const auto& text : sink.texts) repair.learn(text);
  CHECK(repair.mended("city", "M??laga") == "Málaga");
}
