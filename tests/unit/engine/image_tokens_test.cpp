#include "engine/image_tokens.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/sequences.h"

using namespace fragua::engine;

TEST_CASE("image tokens: the same image gives the same ones, another image or another part of it others") {
  const auto tokens = image_tokens("digest", 0, 40);
  REQUIRE(tokens.size() == 40);
  CHECK(std::all_of(tokens.begin(), tokens.end(), is_image));
  CHECK(tokens == image_tokens("digest", 0, 40));
  CHECK(common_prefix(tokens, image_tokens("digest", 1, 40)) == 0);
  CHECK(common_prefix(tokens, image_tokens("other", 0, 40)) == 0);
}

TEST_CASE("image tokens: a cut within a part is told from one before or after it") {
  std::vector<Token> tokens{7};
  const auto image = image_tokens("digest", 0, 3), next = image_tokens("digest", 1, 2);
  tokens.insert(tokens.end(), image.begin(), image.end());
  tokens.insert(tokens.end(), next.begin(), next.end());
  tokens.push_back(8);
  std::vector<bool> divides;
  for (std::size_t at = 0; at <= tokens.size(); ++at) divides.push_back(divides_image(tokens, at));
  CHECK(divides == std::vector<bool>{false, false, true, true, false, true, false, false});
  CHECK(text_length(tokens) == 1);
  CHECK(text_length(tokens, 6) == 1);
  CHECK(without_images(tokens) == std::vector<Token>{7, 8});
}
