#include "catalogue/assistant/prompt.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "catalogue/assistant/description.h"
#include "catalogue/assistant/phrasebook.h"
#include "catalogue/assistant/wording.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr std::size_t kQuestionBytesMax = 2000;

struct Texts {
  std::string_view facts;
  std::string_view question;
  std::string_view order;
};

constexpr Texts kTexts[kTongues] = {
    {"Datos:", "Pregunta:", "Responde en español en una o dos frases, solo con los datos. Si nombras un elemento, pon su identificador entre corchetes. Si los datos no lo dicen, di que no lo sabes."},
    {"Facts:", "Question:", "Answer in English in one or two sentences, only from the facts. When you name an item, give its identifier in brackets. If the facts do not say it, say that you do not know."},
    {"Dades:", "Pregunta:", "Respon en català en una o dues frases, només amb les dades. Si anomenes un element, posa el seu identificador entre claudàtors. Si les dades no ho diuen, digues que no ho saps."},
    {"Dados:", "Pergunta:", "Responde em português em uma ou duas frases, só com os dados. Se nomeares um elemento, põe o seu identificador entre parênteses retos. Se os dados não o dizem, diz que não sabes."}};

void add_span(const Catalogue& catalogue, std::optional<double> min, std::optional<double> max, Tongue tongue, std::vector<std::string>& lines) {
  if (!min || !max) return;
  lines.push_back(capitalised(std::string(trimmed(fmt::format(fmt::runtime(phrasebook(tongue).between), fmt::arg("min", price_text(*min, catalogue.currency, tongue)),
                                                              fmt::arg("max", price_text(*max, catalogue.currency, tongue)))))) + ".");
}

}  // namespace

std::vector<std::string> fact_lines(const Catalogue& catalogue, const Facts& facts, Tongue tongue) {
  std::vector<std::string> lines;
  const auto& filter = facts.asked.understanding.filter;
  const auto thing = thing_of(catalogue, tongue);
  const bool is_details = facts.asked.intention.intent == Intent::details;
  if (!is_details) {
    const auto& phrases = phrasebook(tongue);
    lines.push_back(fmt::format(fmt::runtime(facts.total == 0 ? phrases.have_none : phrases.have), fmt::arg("n", facts.total),
                                fmt::arg("things", facts.total == 1 ? thing.one : thing.many), fmt::arg("which", filter_text(catalogue, filter, tongue))));
    add_span(catalogue, facts.price_min, facts.price_max, tongue, lines);
    if (!facts.first_day.empty()) lines.push_back(day_text(facts.first_day, tongue) + " – " + day_text(facts.last_day, tongue) + ".");
  }
  for (const auto& value : facts.values) lines.push_back(fmt::format("{}: {}.", value.value, value.count));
  for (const auto& item : facts.items) {
    if (is_details) lines.push_back(join(item_details(catalogue, item, folded_words(facts.asked.question), tongue), " "));
    else lines.push_back(item_text(catalogue, item, tongue) + ".");
  }
  return lines;
}

std::vector<engine::Message> question_prompt(const Catalogue& catalogue, const Facts& facts, Tongue tongue) {
  const auto& texts = kTexts[std::size_t(tongue)];
  std::string asked(texts.facts);
  std::size_t number = 0;
  for (const auto& line : fact_lines(catalogue, facts, tongue)) asked += fmt::format("\n{}. {}", ++number, line);
  const auto question = std::string_view(facts.asked.question).substr(0, kQuestionBytesMax);
  asked += fmt::format("\n{} {}\n{}", texts.question, question.substr(0, complete_utf8_length(question)), texts.order);
  engine::Message message;
  message.role = "user";
  message.content = std::move(asked);
  return {std::move(message)};
}

}  // namespace fragua::catalogue::assistant
