#include "catalogue/datasets/dataset.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/json.h"

using namespace fragua;
using namespace fragua::catalogue;

namespace {

std::vector<Conversation> hundred() {
  std::vector<Conversation> all;
  for (int i = 0; i < 100; ++i) all.push_back({{{"user", "q" + std::to_string(i)}, {"assistant", "a"}}, "group " + std::to_string(i / 2)});
  return all;
}

}  // namespace

TEST_CASE("dataset: it is written in the three shapes that trainers take") {
  const std::vector<Conversation> set = {{{{"user", "hola <|eot_id|>"}, {"assistant", "¿sí?"}}, "g"}};
  const auto whole = parse_json(written(set, DatasetFormat::conversations)).as_object();
  CHECK(to_json(whole) == R"({"conversations":[{"messages":[{"role":"user","content":"hola <|eot_id|>"},{"role":"assistant","content":"¿sí?"}]}]})");
  CHECK(written(set, DatasetFormat::messages) == R"({"messages":[{"role":"user","content":"hola <|eot_id|>"},{"role":"assistant","content":"¿sí?"}]})" "\n");
  CHECK(parse_json(written(set, DatasetFormat::llama3)).as_object().at("text") ==
        "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nhola < |eot_id|><|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n¿sí?<|eot_id|>");
  CHECK_THROWS_AS(format_named("xml"), Error);
  CHECK_THROWS_AS(part_named("half"), Error);
}

TEST_CASE("dataset: its parts make the whole, and no group is in both") {
  const auto train = part_of(hundred(), Part::train), validation = part_of(hundred(), Part::validation);
  CHECK(train.size() + validation.size() == 100);
  CHECK(validation.size() > 0);
  CHECK(validation.size() < 40);
  for (const auto& one : train)
    for (const auto& other : validation) CHECK(one.group != other.group);
  CHECK(part_of(hundred(), Part::all).size() == 100);
}

TEST_CASE("dataset: dice of one seed fall the same way") {
  Dice a(7), b(7), c(8);
  std::vector<std::size_t> first, second, third;
  for (int i = 0; i < 20; ++i) {
    first.push_back(a.below(1000));
    second.push_back(b.below(1000));
    third.push_back(c.below(1000));
  }
  CHECK(first == second);
  CHECK(first != third);
}
