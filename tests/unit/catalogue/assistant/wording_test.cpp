#include "catalogue/assistant/wording.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue::assistant;

TEST_CASE("wording: days as they are written in each language") {
  CHECK(day_text("2025-01-18", Tongue::spanish) == "18 de enero de 2025");
  CHECK(day_text("2025-01-18 10:26:13", Tongue::english) == "18 January 2025");
  CHECK(day_text("2025-04-02", Tongue::catalan) == "2 d'abril de 2025");
  CHECK(day_text("2025-03-02", Tongue::catalan) == "2 de març de 2025");
  CHECK(day_text("2025-03-02", Tongue::portuguese) == "2 de março de 2025");
  CHECK(day_text("pronto", Tongue::spanish) == "pronto");
  CHECK(day_text("2025-13-02", Tongue::spanish) == "2025-13-02");
}

TEST_CASE("wording: a time is said where there is one") {
  CHECK(time_of("2025-01-18 20:30:00") == "20:30");
  CHECK(time_of("2025-01-18 00:00:00") == "");
  CHECK(time_of("2025-01-18") == "");
}

TEST_CASE("wording: prices have the sign and the comma of the language") {
  CHECK(price_text(16, "EUR", Tongue::spanish) == "16 €");
  CHECK(price_text(22.5, "EUR", Tongue::spanish) == "22,50 €");
  CHECK(price_text(22.5, "EUR", Tongue::english) == "€22.50");
  CHECK(price_text(16, "CHF", Tongue::english) == "16 CHF");
  CHECK(price_text(16, "", Tongue::spanish) == "16");
  CHECK(number_text(1200, Tongue::spanish) == "1200");
  CHECK(number_text(4.5, Tongue::spanish) == "4,5");
  CHECK(number_text(4.5, Tongue::english) == "4.5");
}

TEST_CASE("wording: lists end with the language's own word") {
  CHECK(listed({"a", "b", "c"}, Tongue::spanish) == "a, b y c");
  CHECK(listed({"Madrid", "Ibiza"}, Tongue::spanish) == "Madrid e Ibiza");
  CHECK(listed({"agua", "hielo"}, Tongue::spanish) == "agua y hielo");
  CHECK(listed({"a", "b"}, Tongue::english) == "a and b");
  CHECK(listed({"a"}, Tongue::catalan) == "a");
  CHECK(listed({}, Tongue::portuguese) == "");
  CHECK(listed_or({"a", "b"}, Tongue::portuguese) == "a ou b");
  CHECK(capitalised("sala") == "Sala");
}

TEST_CASE("wording: months by name") {
  CHECK(month_name(12, Tongue::portuguese) == "dezembro");
  CHECK(of_month(10, Tongue::catalan) == "d'octubre");
  CHECK(of_month(10, Tongue::spanish) == "de octubre");
}
