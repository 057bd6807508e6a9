#include "models/digest.h"

#include <doctest/doctest.h>

#include <string>

#include "base/error.h"

using namespace fragua;
using namespace fragua::models;

namespace {
const std::string kHex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
}

TEST_CASE("digest: both separators and both cases of hex are one digest") {
  std::string upper = kHex;
  for (auto& c : upper) c = char(std::toupper(c));
  for (const auto& text : {"sha256:" + kHex, "sha256-" + kHex, "sha256:" + upper}) {
    CAPTURE(text);
    const auto digest = Digest::parse(text);
    REQUIRE(digest);
    CHECK(digest->text() == "sha256:" + kHex);
    CHECK(digest->file_name() == "sha256-" + kHex);
    CHECK(*digest == Digest::of(""));
  }
}

TEST_CASE("digest: nothing but a whole sha256 is one, so no path can be made from anything else") {
  const std::string bad[] = {"",
                             "sha256:",
                             kHex,
                             "sha256:" + kHex.substr(1),
                             "sha256:" + kHex + "0",
                             "sha256:" + kHex + "/",
                             "sha256:" + kHex + "\n",
                             " sha256:" + kHex,
                             "sha256/" + kHex,
                             "SHA256:" + kHex,
                             "sha512:" + kHex,
                             "sha256:../../../../../../../../../../../../../../../../etc/passwd0000000000",
                             "sha256-../" + kHex.substr(3),
                             "sha256:" + kHex.substr(0, 63) + "g",
                             "sha256:" + kHex.substr(0, 63) + std::string(1, '\0'),
                             "../sha256:" + kHex};
  for (const auto& text : bad) {
    CAPTURE(text);
    CHECK_FALSE(Digest::parse(text));
    CHECK_THROWS_WITH_AS(Digest::require(text), "invalid digest format", Error);
  }
}
