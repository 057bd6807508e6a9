#include "documents/ask_prompt.h"

#include <algorithm>

#include "base/strings.h"
#include "search/language.h"

namespace fragua::documents {

namespace {

constexpr std::size_t kTurnsMax = 6;
constexpr std::size_t kTurnMaxBytes = 1000;

constexpr std::size_t kSmallTalkWords = 6;
constexpr std::size_t kFollowUpWords = 3;   // a question with no more words that say something leans on the one before
constexpr std::string_view kSmallTalk[] = {"hola",   "buenos",  "buenas", "dias",  "tardes", "noches", "gracias", "muchas", "muy", "bien",  "vale", "adios", "hasta",
                                           "luego",  "pronto",  "que",    "tal",   "de",     "acuerdo", "perfecto", "hello", "hi",  "good",  "morning", "thanks",
                                           "thank",  "you",     "bye",    "ok",    "okay",   "great",  "si",      "no",     "por", "favor", "please"};

struct Texts {
  std::string_view instructions;
  std::string_view passages;
  std::string_view page;
  std::string_view question;
  std::string_view answer;
  std::string_view not_there;
};

// Measured with models of 0.5 and 1.5 billion parameters: longer instructions make them deny everything.
constexpr Texts kSpanish{"Responde a la pregunta en español con una frase breve, solo con lo que dice el texto. Si el texto no lo dice, responde: NO ESTÁ.",
                         "Texto:", "página", "Pregunta:", "Respuesta:", "No está en los documentos."};
constexpr Texts kEnglish{"Answer the question in English with one short sentence, only with what the text says. If the text does not say it, answer: NOT THERE.",
                         "Text:", "page", "Question:", "Answer:", "It is not in the documents."};

const Texts& texts_of(Tongue tongue) { return tongue == Tongue::spanish ? kSpanish : kEnglish; }

engine::Message message(std::string role, std::string content) {
  engine::Message made;
  made.role = std::move(role);
  made.content = std::move(content);
  return made;
}

std::string shown(const Passage& passage, std::size_t number, const Texts& texts) {
  auto text = "[" + std::to_string(number) + "] " + passage.document.title;
  if (passage.chunk.page > 0) text += ", " + std::string(texts.page) + " " + std::to_string(passage.chunk.page);
  if (!passage.chunk.heading.empty()) text += ", " + passage.chunk.heading;
  return text + "\n" + passage.chunk.content + "\n\n";
}

std::string shortened(const std::string& text) {
  return text.substr(0, complete_utf8_length(std::string_view(text).substr(0, kTurnMaxBytes)));
}

}  // namespace

Tongue tongue_of(std::string_view question) {
  return search::language_of(search::words_of(question)) == search::Language::english ? Tongue::english : Tongue::spanish;
}

bool is_small_talk(std::string_view question) {
  const auto words = search::words_of(question);
  const auto is_polite = [](const search::Word& word) {
    return std::find(std::begin(kSmallTalk), std::end(kSmallTalk), search::without_accents(word.parts.front())) != std::end(kSmallTalk);
  };
  return words.size() <= kSmallTalkWords && std::all_of(words.begin(), words.end(), is_polite);
}

std::string not_there(Tongue tongue) { return std::string(texts_of(tongue).not_there); }

bool says_not_there(std::string_view text) {
  const auto said = trimmed(text);
  for (const std::string_view mark : {"NO ESTÁ", "NO ESTA", "No está en", "NOT THERE", "Not there"})
    if (said.starts_with(mark)) return true;
  return false;
}

std::vector<engine::Message> answer_prompt(const std::string& question, const std::vector<Passage>& passages, const std::string& instructions) {
  const auto& texts = texts_of(tongue_of(question));
  std::string asked(texts.passages);
  asked += "\n";
  for (std::size_t i = 0; i < passages.size(); ++i) asked += shown(passages[i], i + 1, texts);
  asked += std::string(texts.question) + " " + question + "\n" + std::string(texts.answer);
  return {message("system", instructions.empty() ? std::string(texts.instructions) : instructions), message("user", std::move(asked))};
}

std::string in_context(const std::string& question, const std::vector<Turn>& history) {
  const auto words = search::words_of(question);
  const auto language = search::language_of(words);
  std::size_t telling = 0;
  for (const auto& word : words) telling += !search::is_stop_word(word.parts.front(), language);
  if (telling > kFollowUpWords) return question;
  const auto last = std::find_if(history.rbegin(), history.rend(), [](const Turn& turn) { return turn.role == "user"; });
  return last == history.rend() ? question : shortened(last->content) + " " + question;
}

std::vector<engine::Message> plain_prompt(const std::string& question, const std::vector<Turn>& history) {
  std::vector<engine::Message> messages;
  for (std::size_t i = history.size() - std::min(history.size(), kTurnsMax); i < history.size(); ++i)
    messages.push_back(message(history[i].role, shortened(history[i].content)));
  messages.push_back(message("user", question));
  return messages;
}

}  // namespace fragua::documents
