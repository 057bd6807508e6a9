#include "catalogue/question/number_words.h"

#include <map>

namespace fragua::catalogue {

namespace {

enum class Kind { unit, ten, hundred, thousand };

struct Spelled {
  std::int64_t value;
  Kind kind;
};

using Table = std::map<std::string, Spelled, std::less<>>;

void add(Table& table, std::int64_t value, Kind kind, std::initializer_list<const char*> words) {
  for (const auto* word : words) table.emplace(word, Spelled{value, kind});
}

void add_units(Table& table) {
  using enum Kind;
  add(table, 0, unit, {"cero", "zero"});
  add(table, 2, unit, {"dos", "dues", "two", "dois", "duas"});
  add(table, 3, unit, {"tres", "three"});
  add(table, 4, unit, {"cuatro", "four", "quatre", "quatro"});
  add(table, 5, unit, {"cinco", "five", "cinc"});
  add(table, 6, unit, {"seis", "six", "sis"});
  add(table, 7, unit, {"siete", "seven", "set", "sete"});
  add(table, 8, unit, {"ocho", "eight", "vuit", "oito"});
  add(table, 9, unit, {"nueve", "nine", "nou", "nove"});
  add(table, 10, unit, {"diez", "ten", "deu", "dez"});
  add(table, 11, unit, {"once", "eleven", "onze"});
  add(table, 12, unit, {"doce", "twelve", "dotze", "doze"});
  add(table, 13, unit, {"trece", "thirteen", "tretze", "treze"});
  add(table, 14, unit, {"catorce", "fourteen", "catorze", "quatorze"});
  add(table, 15, unit, {"quince", "fifteen", "quinze"});
  add(table, 16, unit, {"dieciseis", "sixteen", "setze", "dezesseis", "dezasseis"});
  add(table, 17, unit, {"diecisiete", "seventeen", "disset", "dezessete", "dezassete"});
  add(table, 18, unit, {"dieciocho", "eighteen", "divuit", "dezoito"});
  add(table, 19, unit, {"diecinueve", "nineteen", "dinou", "dezenove", "dezanove"});
  const char* twenties[] = {"veintiuno", "veintidos", "veintitres", "veinticuatro", "veinticinco", "veintiseis", "veintisiete", "veintiocho", "veintinueve"};
  for (int i = 0; i < 9; ++i) add(table, 21 + i, unit, {twenties[i]});
  add(table, 21, unit, {"veintiun", "veintiuna"});
}

void add_tens(Table& table) {
  using enum Kind;
  add(table, 20, ten, {"veinte", "twenty", "vint", "vinte"});
  add(table, 30, ten, {"treinta", "thirty", "trenta", "trinta"});
  add(table, 40, ten, {"cuarenta", "forty", "quaranta", "quarenta"});
  add(table, 50, ten, {"cincuenta", "fifty", "cinquanta", "cinquenta"});
  add(table, 60, ten, {"sesenta", "sixty", "seixanta", "sessenta"});
  add(table, 70, ten, {"setenta", "seventy", "setanta"});
  add(table, 80, ten, {"ochenta", "eighty", "vuitanta", "oitenta"});
  add(table, 90, ten, {"noventa", "ninety", "noranta"});
}

void add_hundreds(Table& table) {
  using enum Kind;
  add(table, 100, hundred, {"cien", "ciento", "hundred", "cent", "cem", "cento"});
  const char* spanish[] = {"doscient", "trescient", "cuatrocient", "quinient", "seiscient", "setecient", "ochocient", "novecient"};
  for (int i = 0; i < 8; ++i) add(table, 100 * (i + 2), hundred, {(std::string(spanish[i]) + "os").c_str(), (std::string(spanish[i]) + "as").c_str()});
  const char* portuguese[] = {"duzent", "trezent", "quatrocent", "quinhent", "seiscent", "setecent", "oitocent", "novecent"};
  for (int i = 0; i < 8; ++i) add(table, 100 * (i + 2), hundred, {(std::string(portuguese[i]) + "os").c_str(), (std::string(portuguese[i]) + "as").c_str()});
  add(table, 100, hundred, {"cents", "centes"});
  add(table, 1000, thousand, {"mil", "thousand"});
}

const Table& table() {
  static const Table made = [] {
    Table table;
    add_units(table);
    add_tens(table);
    add_hundreds(table);
    return table;
  }();
  return made;
}

bool is_one(std::string_view word) {
  return word == "uno" || word == "un" || word == "una" || word == "one" || word == "u" || word == "um" || word == "uma";
}

bool joins(std::string_view word) { return word == "y" || word == "and" || word == "i" || word == "e"; }

const Spelled* find(std::string_view word) {
  const auto found = table().find(word);
  return found == table().end() ? nullptr : &found->second;
}

}  // namespace

std::optional<std::int64_t> number_word(std::string_view word) {
  const auto* found = find(word);
  if (!found) return std::nullopt;
  return found->value;
}

std::optional<SpelledNumber> spelled_number(std::span<const std::string> words) {
  std::int64_t total = 0;
  std::int64_t part = 0;                  // below a thousand
  Kind last = Kind::thousand;             // what may follow is smaller
  bool is_begun = false;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (is_begun && joins(words[i])) continue;
    const auto* found = find(words[i]);
    // "treinta y uno", "cento e um"; alone it is an article. "one hundred" begins with one.
    const Spelled one{1, Kind::unit};
    if (!found && is_one(words[i]) && (is_begun ? last != Kind::unit : i + 1 < words.size() && find(words[i + 1]) && find(words[i + 1])->kind >= Kind::hundred)) found = &one;
    if (!found) break;
    if (found->kind == Kind::thousand) {
      total += (part == 0 ? 1 : part) * 1000;
      part = 0;
    } else if (found->kind == Kind::hundred) {
      if (is_begun && part > 0 && part < 10 && found->value == 100) part *= 100;
      else if (is_begun && last != Kind::thousand) break;
      else part += found->value;
    } else if (!is_begun || (found->kind < last && found->value < 100)) {
      part += found->value;
    } else {
      break;
    }
    last = found->kind;
    is_begun = true;
    taken = i + 1;
  }
  if (!is_begun) return std::nullopt;
  return SpelledNumber{total + part, taken};
}

}  // namespace fragua::catalogue
