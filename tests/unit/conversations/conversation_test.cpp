#include "conversations/conversation.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::conversations;

TEST_CASE("conversation: an id has 128 bits of what app hands in") {
  const auto id = new_id([](std::size_t bytes) { return std::string(bytes, '\xab'); });
  CHECK(id == "abababababababababababababababab");
}

TEST_CASE("conversation: a shortened text ends on a whole character") {
  CHECK(shortened("niño", 3) == "ni");
  CHECK(shortened("niño", 4) == "niñ");
  CHECK(shortened("niño", 50) == "niño");
}

TEST_CASE("conversation: an image is known by its first bytes, and a picture that can run scripts is none") {
  CHECK(image_type(std::string("\x89PNG\r\n\x1a\n....", 12)) == "image/png");
  CHECK(image_type("\xff\xd8\xff\xe0") == "image/jpeg");
  CHECK(image_type("GIF89a") == "image/gif");
  CHECK(image_type(std::string("RIFF\0\0\0\0WEBPVP8 ", 16)) == "image/webp");
  CHECK_FALSE(image_type("<svg xmlns=''><script/></svg>").has_value());
  CHECK_FALSE(image_type("<html>").has_value());
  CHECK_FALSE(image_type("").has_value());
  CHECK_FALSE(image_type("RIFF").has_value());
}
