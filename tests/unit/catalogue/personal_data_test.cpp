#include "catalogue/personal_data.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("personal data: tables and columns of people are known by their names") {
  for (const auto* name : {"email", "userEmail", "first_name", "LastName", "password", "ipAddress", "contact_phone", "dni"}) CHECK_MESSAGE(is_personal_column(name), name);
  for (const auto* name : {"id", "name", "createdById", "city", "description", "unit", "zip"}) CHECK_MESSAGE(!is_personal_column(name), name);
  CHECK(is_personal_table({"Order", {}}));
  CHECK(is_personal_table({"admins", {}}));
  CHECK(is_personal_table({"staff", {{"id", ""}, {"email", "text"}}}));
  CHECK(!is_personal_table({"Event", {{"id", "text"}, {"name", "text"}}}));
}
