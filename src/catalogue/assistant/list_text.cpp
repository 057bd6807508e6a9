#include "catalogue/assistant/list_text.h"

#include <algorithm>

#include "base/strings.h"
#include "catalogue/assistant/wording.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr std::size_t kListedMax = 12;
constexpr std::size_t kTextBytesMax = 60;       // of one entry
constexpr std::size_t kNamingWordMin = 3;       // "VIP", "pista"

bool is_for_people(std::string_view text) { return !text.empty() && text.size() <= kTextBytesMax && text.front() != '/' && text.find("://") == std::string_view::npos; }

struct Entry {
  std::string name;
  std::optional<double> price;
};

std::optional<Entry> entry_of(const json::value& value) {
  if (value.is_string()) return Entry{std::string(value.get_string()), {}};
  if (!value.is_object()) return std::nullopt;
  Entry entry;
  for (const auto& [name, member] : value.get_object()) {
    if (entry.name.empty() && member.is_string()) entry.name = std::string(member.get_string());
    if (!entry.price && member.is_number() && is_price_name(name)) entry.price = member.to_number<double>();
  }
  return entry;
}

std::vector<Entry> entries_of(const json::array& list) {
  std::vector<Entry> entries;
  for (const auto& value : list) {
    auto entry = entry_of(value);
    if (entry && is_for_people(entry->name) && entries.size() < kListedMax) entries.push_back(std::move(*entry));
  }
  return entries;
}

}  // namespace

bool is_price_name(std::string_view name) { return says(folded_words(name), "price* | precio* | preu* | preco*"); }

std::optional<json::array> list_in(const json::value& value) {
  if (value.is_array()) return value.get_array();
  if (!value.is_string() || !value.get_string().starts_with('[')) return std::nullopt;
  boost::system::error_code failed;
  const auto parsed = json::parse(value.get_string(), failed);
  if (failed || !parsed.is_array()) return std::nullopt;
  return parsed.get_array();
}

std::string list_text(const json::array& list, std::string_view currency, Tongue tongue) {
  std::vector<std::string> parts;
  for (const auto& entry : entries_of(list)) parts.push_back(entry.price ? entry.name + " " + price_text(*entry.price, currency, tongue) : entry.name);
  return listed(parts, tongue);
}

bool names_priced(const json::array& list, const FoldedWords& question) {
  const auto entries = entries_of(list);
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    const auto words = folded_words(entry.name);
    return entry.price && std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return word.size() >= kNamingWordMin && std::find(question.begin(), question.end(), word) != question.end();
    });
  });
}

}  // namespace fragua::catalogue::assistant
