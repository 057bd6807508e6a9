#include "engine/prompt_images.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/strings.h"
#include "engine/fake/model.h"
#include "engine/image_tokens.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

struct Bench {
  PromptImages images() const {
    return PromptImages(&projector, [] { return std::uint64_t(42); });
  }
  // Tokens as text, an image's part as {digits of its length}.
  std::string shown(const PromptImages& images, const std::string& text) const {
    const auto prompt = images.tokenize(vocabulary, text, true);
    std::string result;
    for (std::size_t i = 0; i < prompt.tokens.size(); ++i) {
      if (!is_image(prompt.tokens[i])) {
        result += char(prompt.tokens[i]);
        continue;
      }
      if (divides_image(prompt.tokens, i)) continue;
      const auto part =
          std::find_if(prompt.images.begin(), prompt.images.end(), [&](const auto& image) { return image.first == i; });
      REQUIRE(part != prompt.images.end());
      result += "{" + std::to_string(part->positions) + "}";
    }
    return result;
  }
  std::string shown(Message message) const {
    auto taken = images();
    taken.take(message);
    CHECK(message.images.empty());
    return shown(taken, message.content);
  }
  FakeProjector projector;
  FakeVocabulary vocabulary;
};

std::string picture(char letter) { return to_base64(std::string("PIC") + letter); }

}  // namespace

TEST_CASE("prompt images: they stand before the text, where it says so, or where their offsets are") {
  const Bench bench;
  CHECK(bench.shown(Message{.content = "what?", .images = {picture('a'), picture('c')}}) == "{1}|{1}{3}|{3}what?");
  CHECK(bench.shown(Message{.content = "see [img] and [img].", .images = {picture('a'), picture('b'), picture('c')}}) ==
        "{3}|{3}see {1}|{1} and {2}|{2}.");
  CHECK(bench.shown(
            Message{.content = "one[img]two", .images = {picture('a'), picture('b')}, .image_offsets = {3, 11}}) ==
        "one{1}|{1}[img]two{2}|{2}");
  CHECK(bench.shown(Message{.content = "", .images = {picture('a')}}) == "{1}|{1}");
}

TEST_CASE("prompt images: the cells of a prompt are those of its text and of its images") {
  const Bench bench;
  auto images = bench.images();
  const auto marks = images.take({picture('d')});
  CHECK(images.count_in(marks + "text" + marks) == 2);
  const auto prompt = images.tokenize(bench.vocabulary, marks + "text", true);
  CHECK(prompt.tokens.size() == 4 + 1 + 4 + 4);
  CHECK(prompt.cells() == 8 + 1 + 8 + 4);
}

TEST_CASE("prompt images: a client's text is never taken for an image") {
  const Bench bench;
  auto images = bench.images();
  const auto marks = images.take({picture('a')});
  PromptImages others(&bench.projector, [] { return std::uint64_t(43); });
  others.take({picture('a')});
  CHECK(bench.shown(others, marks) == marks);
}

TEST_CASE("prompt images: what cannot be shown is an error that names the image") {
  const Bench bench;
  auto images = bench.images();
  images.take({picture('a')});
  CHECK_THROWS_WITH_AS(images.take({to_base64("words")}), "image 2 of the request is not an image", Error);
  CHECK_THROWS_WITH_AS(images.take(std::vector<std::string>{"data:image/png;base64,AAAA"}),
                       doctest::Contains("image 2 of the request is not base64"), Error);
  CHECK_THROWS_WITH_AS(images.take(std::vector<std::string>(80, picture('a'))),
                       doctest::Contains("more than 64 images"), Error);
  CHECK_THROWS_WITH_AS(bench.images().take(std::vector<std::string>{std::string(50'000'000, 'A')}), doctest::Contains("is larger than"), Error);
  PromptImages blind(nullptr, [] { return std::uint64_t(1); });
  CHECK_THROWS_WITH_AS(blind.take({picture('a')}), doctest::Contains("does not support images"), Error);
}

TEST_CASE("prompt images: a template that cuts a text where an image stands is an error") {
  const Bench bench;
  auto images = bench.images();
  const auto mark = images.take({picture('a')});
  CHECK_THROWS_WITH_AS(images.tokenize(bench.vocabulary, mark.substr(0, mark.size() - 2), true),
                       doctest::Contains("template"), Error);
  CHECK(bench.shown(images, mark.substr(0, mark.size() - 1)) == "{1}|{1}");
}
