#include "base/strings.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace std::chrono_literals;

TEST_CASE("strings: trimming takes white space at both ends only") {
  CHECK(trimmed(" \t a b\r\n") == "a b");
  CHECK(trimmed(" \n ").empty());
}

TEST_CASE("strings: letter case is ASCII's, other bytes stay") {
  CHECK(lowercase("ÀBc-Z") == "Àbc-z");
  CHECK(equal_ignoring_case("Keep-Alive", "kEEP-aLIVE"));
  CHECK_FALSE(equal_ignoring_case("a", "ab"));
}

TEST_CASE("strings: split keeps empty parts, join undoes it") {
  CHECK(split("a,,b,", ',') == std::vector<std::string>{"a", "", "b", ""});
  CHECK(split("", ',') == std::vector<std::string>{""});
  CHECK(join(split("a,,b,", ','), ",") == "a,,b,");
}

TEST_CASE("strings: hex is lower case, two digits a byte") {
  CHECK(to_hex(std::string("\x00\x0f\xff", 3)) == "000fff");
}

TEST_CASE("strings: base64 has the vectors of its standard and comes back") {
  const std::pair<std::string, std::string> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"foobar", "Zm9vYmFy"},
                                                       {"\xfb\xff", "+/8="}};
  for (const auto& [bytes, text] : cases) {
    CHECK(to_base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
  }
}

TEST_CASE("strings: base64 may lack its padding or use the URL's letters, nothing else") {
  CHECK(from_base64("Zg") == "f");
  CHECK(from_base64("-_8") == "\xfb\xff");
  for (const auto* bad : {"Zm9vY", "Zm 9", "Zm9\n", "Z=g=", "Zm9é"}) CHECK_FALSE(from_base64(bad));
}

TEST_CASE("strings: percent encoding comes back, and broken escapes stay as they are") {
  CHECK(percent_encoded("a b/ñ~") == "a%20b%2F%C3%B1~");
  CHECK(percent_decoded("a%20b%2f%C3%B1~") == "a b/ñ~");
  CHECK(percent_decoded("100%") == "100%");
  CHECK(percent_decoded("%zz%4") == "%zz%4");
}

TEST_CASE("strings: an incomplete character at the end does not count, an invalid one does") {
  const std::string euro = "€", face = "😀";
  CHECK(complete_utf8_length("ab") == 2);
  CHECK(complete_utf8_length("a" + euro) == 4);
  CHECK(complete_utf8_length("a" + euro.substr(0, 2)) == 1);
  for (std::size_t cut = 1; cut < 4; ++cut) CHECK(complete_utf8_length("ab" + face.substr(0, cut)) == 2);
  CHECK(complete_utf8_length("a\xff") == 2);
  CHECK(complete_utf8_length("") == 0);
}

TEST_CASE("strings: overlong forms, surrogates and what lies past the last code point are not UTF-8") {
  for (const auto* good : {"", "añ€😀", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"}) CHECK(is_valid_utf8(good));
  for (const auto* bad :
       {"\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf0\x80\x80\x80", "\x80", "\xe2\x82"})
    CHECK_FALSE(is_valid_utf8(bad));
}

TEST_CASE("strings: invalid bytes become the replacement character, valid ones stay") {
  CHECK(sanitized_utf8("a\xff€\x80") == "a\xEF\xBF\xBD€\xEF\xBF\xBD");
  CHECK(is_valid_utf8(sanitized_utf8("\xf0\x9f\x98")));
}

TEST_CASE("strings: durations are read as Go reads them") {
  CHECK(parse_go_duration("5m") == 5min);
  CHECK(parse_go_duration("1h30m") == 90min);
  CHECK(parse_go_duration("300ms") == 300ms);
  CHECK(parse_go_duration("1.5s") == 1500ms);
  CHECK(parse_go_duration("-1s") == -1s);
  CHECK(parse_go_duration("2µs") == 2us);
  CHECK(parse_go_duration("0") == 0ns);
  for (const auto* bad : {"", "-", "5", "5 m", "m", "5x", "1h-3m", "9999999h"}) CHECK_FALSE(parse_go_duration(bad));
}

TEST_CASE("strings: sizes and durations for people") {
  CHECK(human_bytes(999) == "999 B");
  CHECK(human_bytes(274'290'656) == "274 MB");
  CHECK(human_bytes(1'117'320'512) == "1.1 GB");
  CHECK(human_bytes(43'000'000'000) == "43 GB");
  CHECK(human_duration(340ms) == "340ms");
  CHECK(human_duration(59s) == "59s");
  CHECK(human_duration(125s) == "2m5s");
  CHECK(human_duration(2h + 5min + 9s) == "2h5m");
}

TEST_CASE("strings: times are UTC with nanoseconds") {
  CHECK(rfc3339(std::chrono::system_clock::time_point(1'700'000'000s + 5ns)) == "2023-11-14T22:13:20.000000005Z");
}
