#include "modelfile/source_text.h"

#include <doctest/doctest.h>

#include <vector>

using namespace fragua::modelfile;

TEST_CASE("source text: bytes become UTF-8 with plain line ends") {
  using namespace std::string_view_literals;
  const std::vector<std::pair<std::string_view, std::string_view>> cases{
      {"a\r\nb\rc\n"sv, "a\nb\nc\n"sv},
      {"\xEF\xBB\xBF"
       "a"sv,
       "a"sv},
      {"a\0b\x01\x7F\tc"sv, "ab\tc"sv},
      {"a\xFF"sv, "a\xEF\xBF\xBD"sv},
      {"\xFF\xFE"
       "a\0\xE9\0\r\0\n\0"sv,
       "a\xC3\xA9\n"sv},
      {"\xFE\xFF\0a\xD8\x3D\xDE\x00"sv, "a\xF0\x9F\x98\x80"sv},
      {"\xFE\xFF\xD8\x3D\0a\0"sv,
       "\xEF\xBF\xBD"
       "a\xEF\xBF\xBD"sv},
      {""sv, ""sv},
  };
  for (const auto& [bytes, text] : cases) CHECK(plain_text(bytes) == text);
}
