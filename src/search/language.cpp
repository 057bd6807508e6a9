#include "search/language.h"

#include <algorithm>
#include <iterator>

namespace fragua::search {

namespace {

// Without accents, sorted.
constexpr std::string_view kSpanish[] = {
    "a", "ademas", "ahi", "ahora", "al", "algo", "algun", "alguna", "algunas", "alguno", "algunos", "alli", "ambos",
    "ante", "antes", "aquel", "aquella", "aquellas", "aquello", "aquellos", "aqui", "asi", "aun", "aunque", "bajo",
    "bien", "cada", "casi", "como", "con", "contra", "cual", "cuales", "cualquier", "cuando", "cuanta", "cuantas",
    "cuanto", "cuantos", "de", "del", "desde", "despues", "donde", "durante", "e", "el", "ella", "ellas", "ello",
    "ellos", "en", "entonces", "entre", "era", "eran", "eras", "eres", "es", "esa", "esas", "ese", "eso", "esos",
    "esta", "estaba", "estaban", "estamos", "estan", "estar", "estas", "este", "esto", "estos", "estoy",
    "estuvo", "fue", "fueron", "fui", "ha", "haber", "habia", "habian", "hace", "hacen", "hacer", "hacia", "han",
    "hasta", "hay", "he", "hemos", "hubo", "incluso", "la", "las", "le", "les", "lo", "los", "mas", "me", "mediante",
    "mi", "mientras", "mis", "misma", "mismas", "mismo", "mismos", "mucha", "muchas", "mucho", "muchos", "muy", "nada",
    "ni", "ningun", "ninguna", "ninguno", "no", "nos", "nosotros", "nuestra", "nuestras", "nuestro", "nuestros",
    "nunca", "o", "os", "otra", "otras", "otro", "otros", "para", "pero", "poco", "por", "porque", "pueda", "puede",
    "pueden", "pues", "que", "quien", "quienes", "se", "sea", "sean", "segun", "ser", "si", "sido", "siempre", "siendo",
    "sin", "sobre", "sois", "somos", "son", "soy", "su", "sus", "tal", "tales", "tambien", "tampoco", "tan", "tanta",
    "tantas", "tanto", "tantos", "te", "tener", "tengo", "tenia", "ti", "tiene", "tienen", "toda", "todas", "todavia",
    "todo", "todos", "tras", "tu", "tus", "un", "una", "unas", "uno", "unos", "usted", "ustedes", "va", "van",
    "vosotros", "y", "ya", "yo",
};

constexpr std::string_view kEnglish[] = {
    "a", "about", "above", "after", "again", "against", "all", "also", "am", "an", "and", "any", "are", "as", "at",
    "be", "because", "been", "before", "being", "below", "between", "both", "but", "by", "can", "could", "did", "do",
    "does", "doing", "down", "during", "each", "few", "for", "from", "further", "had", "has", "have", "having", "he",
    "her", "here", "hers", "herself", "him", "himself", "his", "how", "i", "if", "in", "into", "is", "it", "its",
    "itself", "just", "me", "might", "more", "most", "must", "my", "myself", "no", "nor", "not", "of", "off",
    "on", "once", "only", "or", "other", "our", "ours", "ourselves", "out", "over", "own", "same", "shall", "she",
    "should", "so", "some", "such", "than", "that", "the", "their", "theirs", "them", "themselves", "then", "there",
    "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "upon", "very", "was", "we",
    "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would", "you",
    "your", "yours", "yourself", "yourselves",
};

static_assert(std::is_sorted(std::begin(kSpanish), std::end(kSpanish)) && std::is_sorted(std::begin(kEnglish), std::end(kEnglish)));

bool is_spanish(std::string_view plain) { return std::binary_search(std::begin(kSpanish), std::end(kSpanish), plain); }
bool is_english(std::string_view plain) { return std::binary_search(std::begin(kEnglish), std::end(kEnglish), plain); }

}  // namespace

Language language_of(const std::vector<Word>& words) {
  constexpr std::size_t kClearly = 2;  // times as many as of the other
  std::size_t spanish = 0, english = 0;
  for (const auto& word : words)
    for (const auto& part : word.parts) {
      const auto plain = without_accents(part);
      spanish += is_spanish(plain) && !is_english(plain);
      english += is_english(plain) && !is_spanish(plain);
    }
  if (spanish > kClearly * english) return Language::spanish;
  if (english > kClearly * spanish) return Language::english;
  return Language::unknown;
}

bool is_stop_word(std::string_view part, Language language) {
  const auto plain = without_accents(part);
  return (language != Language::english && is_spanish(plain)) || (language != Language::spanish && is_english(plain));
}

}  // namespace fragua::search
