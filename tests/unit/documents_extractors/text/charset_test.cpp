#include "documents/extractors/text/charset.h"

#include <doctest/doctest.h>

#include <string>

using namespace fragua::documents::extractors;
using namespace std::string_literals;

TEST_CASE("charset: byte order marks are followed and left out") {
  CHECK(decode_text("\xEF\xBB\xBF" "año") == "año");
  CHECK(decode_text("\xFF\xFE" "a\0\xF1\0o\0"s) == "año");
  CHECK(decode_text("\xFE\xFF\0a\0\xF1\0o"s) == "año");
}

TEST_CASE("charset: UTF-16 is known without a mark, and UTF-8 by being valid") {
  CHECK(decode_text("m\0a\0\xF1\0a\0n\0a\0 \0n\0o\0 \0"s) == "mañana no ");
  CHECK(decode_text("mañana", "iso-8859-1") == "mañana");
}

TEST_CASE("charset: what was declared counts before what it looks like") {
  CHECK(decode_text("ma\xF1" "ana \x80", "iso-8859-1") == "mañana €");
  CHECK(decode_text("\xCA\xD7\xCB", "koi8-r") == "йвк");
  CHECK(decode_text("hasta ma\xF1" "ana por la ma\xF1" "ana en la estaci\xF3n de la calle que no est\xE1", "no-such-encoding") ==
        "hasta mañana por la mañana en la estación de la calle que no está");
}

TEST_CASE("charset: text is told from binary data") {
  CHECK(looks_like_text("Hola\r\n\tmundo \x1B[0m"));
  CHECK(looks_like_text("h\0o\0l\0a\0 \0m\0u\0n\0d\0o\0"s));
  CHECK_FALSE(looks_like_text("a\0b"s));
  CHECK_FALSE(looks_like_text("\x01\x02\x03\x04 abc"));
}
