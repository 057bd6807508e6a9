#include "conversations/titles.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::conversations;

TEST_CASE("titles: the first words of a question, whole") {
  CHECK(first_words("  ¿Qué hora es?\nMore") == "¿Qué hora es?");
  CHECK(first_words("# Heading") == "Heading");
  CHECK(first_words("one two three four five six seven eight nine ten eleven twelve thirteen") ==
        "one two three four five six seven eight nine ten eleven…");
  CHECK(first_words(std::string(100, 'x')) == std::string(60, 'x') + "…");
  CHECK(first_words("") == "");
}

TEST_CASE("titles: what a model says around a title goes") {
  const std::pair<const char*, const char*> cases[] = {
      {"\"Receta de pan\"", "Receta de pan"}, {"**Title: Baking Bread**", "Baking Bread"},       {"Título: «El pan».", "«El pan»"},
      {"Bread.\nIt is about bread.", "Bread"}, {"  \n", ""},                                      {"# Bread", "Bread"},
      {"Wait...", "Wait..."},                  {"\x07 Bread\x07", "Bread"}};
  for (const auto& [said, title] : cases) CHECK_MESSAGE(title_of(said) == title, said);
  CHECK(title_of(std::string(300, 'x')) == "");
}

TEST_CASE("titles: a title is one line and has a limit") {
  CHECK(clean_title(" a\nb\tc ") == "a b c");
  CHECK(clean_title(std::string(500, 'x')).size() == kTitleMaxBytes);
}

TEST_CASE("titles: the model is asked after the same messages, at low priority, for few tokens") {
  AnswerRequest asked;
  asked.request.messages = {{.role = "system", .content = "s"}, {.role = "user", .content = "q"}, {.role = "assistant", .content = "half"}};
  asked.request.user = "u";
  asked.settings.options = {{"num_ctx", 8192}, {"temperature", 1.5}, {"num_predict", 4000}};
  const auto request = title_request(asked, "half and the rest");
  REQUIRE(request.request.messages.size() == 4);
  CHECK(request.request.messages[2].content == "half and the rest");
  CHECK(request.request.messages[3].role == "user");
  CHECK(request.request.priority == int(engine::Priority::title));
  CHECK(request.request.user == "u");
  CHECK(request.settings.options.at("num_ctx") == 8192);
  CHECK(request.settings.options.at("num_predict") == 24);
}

TEST_CASE("titles: tags are asked for after the title, as a list of few short texts") {
  AnswerRequest asked;
  asked.request.messages = {{.role = "user", .content = "q"}};
  const auto request = tags_request(title_request(asked, "a"), "Bread");
  REQUIRE(request.request.messages.size() == 5);
  CHECK(request.request.messages[3].content == "Bread");
  CHECK(request.request.messages[4].role == "user");
  CHECK(request.request.grammar_kind == "json_schema");
  CHECK(request.request.priority == int(engine::Priority::title));
}

TEST_CASE("titles: tags in lower case, three at most, none twice, none from anything but a list") {
  using Tags = std::vector<std::string>;
  const std::pair<const char*, Tags> cases[] = {{R"(["Pan", "Horno"])", {"pan", "horno"}},
                                                {R"(["a1", "b1", "c1", "d1"])", {"a1", "b1", "c1"}},
                                                {R"(["Pan", "pan", " "])", {"pan"}},
                                                {R"(["línea\nnueva", 3])", {"línea nueva"}},
                                                {R"(["a tag that is far too long to be one"])", {}},
                                                {R"(["pan)", {}},
                                                {R"({"tags": []})", {}},
                                                {"", {}}};
  for (const auto& [said, tags] : cases) CHECK_MESSAGE(tags_of(said) == tags, said);
}
