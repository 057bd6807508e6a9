#include "catalogue/assistant/prompt.h"

#include <doctest/doctest.h>

#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;

TEST_CASE("prompt: facts are numbered, the question and how to answer stand behind them") {
  const auto messages = question_prompt(*shop(), facts_for("conciertos de death metal en Bilbao"), Tongue::spanish);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].role == "user");
  const auto& text = messages[0].content;
  CHECK(text.starts_with("Datos:\n1. Tenemos 1 concierto de death metal en Bilbao.\n"));
  CHECK(text.find("Bilbao Death Revolution [evt-5], 1 de junio de 2025") != std::string::npos);
  CHECK(text.find("\nPregunta: conciertos de death metal en Bilbao\n") != std::string::npos);
  CHECK(text.ends_with("di que no lo sabes."));
}

TEST_CASE("prompt: facts are those of the question alone") {
  const auto lines = fact_lines(*shop(), facts_for("¿Qué ciudades tenéis?"), Tongue::spanish);
  CHECK(lines.front() == "Tenemos 12 conciertos.");
  CHECK(std::find(lines.begin(), lines.end(), "Valencia: 4.") != lines.end());
  const auto details = fact_lines(*shop(), facts_for("háblame de Madrid Punk Rock Fest"), Tongue::english);
  REQUIRE(details.size() == 1);
  CHECK(details.front().starts_with("Madrid Punk Rock Fest [evt-7]: 20 November 2025 at 19:00. Genre: punk rock."));
}

TEST_CASE("prompt: a long question is cut") {
  const auto messages = question_prompt(*shop(), facts_for(std::string(3999, 'x')), Tongue::spanish);
  CHECK(messages[0].content.size() < 4000);
}
