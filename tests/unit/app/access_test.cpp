#include "app/access.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::app;

namespace {

Settings settings(std::vector<std::pair<std::string, std::string>> flags) { return read_settings({{}, {}, std::move(flags)}); }

}  // namespace

TEST_CASE("access: nothing is open without credentials unless it is said") {
  CHECK(admission_options(settings({})).anonymous_ports.empty());
  CHECK(sign_up_mode(settings({})) == accounts::SignUp::closed);
  const auto options = admission_options(settings({{"anonymous", "127.0.0.1:11434"}}));
  CHECK(options.anonymous_ports == std::vector<std::uint16_t>{11434});
}

TEST_CASE("access: only an address of this machine that is listened on can be opened") {
  CHECK_THROWS_AS(admission_options(settings({{"anonymous", "127.0.0.1:8080"}})), Error);
  CHECK_THROWS_AS(admission_options(settings({{"listen", "0.0.0.0:3000"}, {"anonymous", "0.0.0.0:3000"}})), Error);
  CHECK_THROWS_AS(check_loopback_only(settings({{"listen", "127.0.0.1:1,0.0.0.0:3000"}})), Error);
  check_loopback_only(settings({{"listen", "127.0.0.1:1,[::1]:2"}}));
}

TEST_CASE("access: a limit of zero is none, and a word that is no mode is refused") {
  CHECK_FALSE(admission_options(settings({})).user_limits.requests_per_minute.has_value());
  CHECK(admission_options(settings({{"requests_per_minute", "60"}})).user_limits.requests_per_minute == 60);
  CHECK_THROWS_AS(sign_up_mode(settings({{"sign_up", "yes"}})), Error);
}
