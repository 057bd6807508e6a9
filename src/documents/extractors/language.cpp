#include "documents/extractors/language.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

struct Vocabulary {
  const char* language;
  std::string_view words;  // separated by spaces
};

constexpr std::array<Vocabulary, 8> kVocabularies{{
    {"es", "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo "
           "esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene él uno "
           "donde bien tiempo mismo ese ahora cada otro después otros aunque esa esto hace otra gobierno tan durante siempre día tanto ella tres sí"},
    {"en", "the of and to in a is that for it as was with be by on not he i this are or his from at which but have an had they you were their one all "
           "we can her has there been if more when will would who so no what up out about into than them its only some could these two may then do any "
           "such over should after most other also your our must how use used"},
    {"pt", "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já "
           "está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles estão você tinha foram essa num nem "
           "suas meu às minha têm numa pelos elas havia seja qual será nós"},
    {"fr", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec ou son mais comme on tout nous sa "
           "fait été aussi leur bien peut ces y deux même ont cette elle être sans entre après aux c d l n s qu dont lui vous très ainsi si"},
    {"de", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer "
           "um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei kann gegen vom können schon"},
    {"it", "di e il la che in a per un del è non si una le i con da della dei nel alla sono più al ha come anche lo gli o su dal ma delle se questo "
           "stato nella ai era suo essere tra questa due alle dalla loro sul può molto cui ed dopo fra già degli"},
    {"ca", "de la i el a que en els les un per amb del una és al no es va dels més se o com ha seva seu són també però aquest aquesta entre ser sobre "
           "fins molt als li hi va ja si està han tot on ens pel pels quan sense des dues seus era mateix ho"},
    {"nl", "de van het een en in is dat op te voor met die zijn aan niet om er als ook door bij naar uit maar dan nog wordt over zich tot werd heeft "
           "hij meer worden of had deze kan kunnen geen was hebben ze haar dit al zij wel moet veel onder"},
}};

constexpr std::size_t kFewestHits = 6;
constexpr double kLeastShare = 0.12;   // of all words; running text has 0.35 to 0.55
constexpr double kLeastLead = 1.15;    // over the next language

using Index = std::unordered_map<std::string, unsigned>;  // word -> bit per language

Index make_index() {
  Index index;
  for (std::size_t i = 0; i < kVocabularies.size(); ++i) {
    auto rest = kVocabularies[i].words;
    while (!rest.empty()) {
      const auto space = std::min(rest.find(' '), rest.size());
      if (space > 0) index[std::string(rest.substr(0, space))] |= 1u << i;
      rest.remove_prefix(std::min(space + 1, rest.size()));
    }
  }
  return index;
}

}  // namespace

std::string guess_language(std::string_view text) {
  const auto index = make_index();
  std::array<std::size_t, kVocabularies.size()> hits{};
  std::size_t words = 0;
  for_each_word(text, [&](const std::string& word) {
    if (count_characters(word) < 2) return;  // also the names of columns and the letters of formulas
    ++words;
    const auto found = index.find(word);
    if (found == index.end()) return;
    for (std::size_t i = 0; i < hits.size(); ++i) hits[i] += found->second >> i & 1;
  });
  auto ranked = hits;
  std::sort(ranked.rbegin(), ranked.rend());
  if (ranked[0] < kFewestHits || double(ranked[0]) < kLeastShare * double(words) || double(ranked[0]) < kLeastLead * double(ranked[1])) return "";
  return kVocabularies[std::size_t(std::find(hits.begin(), hits.end(), ranked[0]) - hits.begin())].language;
}

}  // namespace fragua::documents::extractors
