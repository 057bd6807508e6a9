#include "catalogue/datasets/chat_set.h"

#include "base/strings.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kNamedMax = 5;   // values of a facet in one sentence

std::string shown(const json::value* value) {
  if (!value || value->is_null()) return "";
  return value->is_string() ? std::string(value->get_string()) : to_json(*value);
}

std::string amount(double price, const std::string& currency) {
  auto text = std::to_string(price);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + " " + (currency == "EUR" ? "€" : currency);
}

class Writer {
 public:
  Writer(const Catalogue& catalogue, std::uint64_t seed) : catalogue_(catalogue), dice_(seed) {}

  std::vector<Conversation> general() const {
    const auto& many = catalogue_.words.many;
    std::string span = "Sí: tenemos " + std::to_string(catalogue_.items) + " " + many + ".";
    if (!catalogue_.first_day.empty()) span = "Del " + catalogue_.first_day + " al " + catalogue_.last_day + ".";
    std::string prices = "Cada uno tiene su precio en su ficha.";
    if (catalogue_.price_min && catalogue_.price_max)
      prices = "Desde " + amount(*catalogue_.price_min, catalogue_.currency) + " hasta " + amount(*catalogue_.price_max, catalogue_.currency) + ".";
    return {chat("¿Qué " + many + " tenéis?", overview(), "general 1"), chat("¿De qué fechas son los " + many + "?", span, "general 2"),
            chat("¿Cuánto cuestan?", prices, "general 3")};
  }

  Conversation about(const Item& item) {
    const auto title = field_text(item, FieldKind::title);
    const std::string asks[] = {"¿Qué sabes de " + title + "?", "Háblame de " + title, "¿Cuándo es " + title + " y cuánto cuesta?", "Quiero información sobre " + title};
    return chat(dice_.of(asks), described(item, title), item.key);
  }

 private:
  static Conversation chat(std::string question, std::string answer, std::string group) {
    return {{{"user", std::move(question)}, {"assistant", std::move(answer)}}, std::move(group)};
  }

  std::string overview() const {
    auto text = "Tenemos " + std::to_string(catalogue_.items) + " " + catalogue_.words.many + ".";
    for (const auto& facet : catalogue_.facets) {
      std::vector<std::string> values;
      for (const auto& value : facet.values)
        if (values.size() < kNamedMax) values.push_back(value.value + " (" + std::to_string(value.count) + ")");
      if (!values.empty()) text += " " + facet.label + ": " + join(values, ", ") + (facet.values.size() > kNamedMax ? "…" : "") + ".";
    }
    return text;
  }

  std::string field_text(const Item& item, FieldKind kind) const {
    const auto* field = catalogue_.field_of(kind);
    return field ? shown(item.fields.if_contains(field->name)) : "";
  }

  std::string described(const Item& item, const std::string& title) const {
    std::vector<std::string> parts;
    for (const auto& field : catalogue_.fields) {
      const auto value = shown(item.fields.if_contains(field.name));
      if (value.empty() || field.kind == FieldKind::key || field.kind == FieldKind::title || field.kind == FieldKind::shown || field.kind == FieldKind::text) continue;
      const bool is_price = field.kind == FieldKind::price && item.fields.at(field.name).is_number();
      parts.push_back(field.label + ": " + (is_price ? amount(item.fields.at(field.name).to_number<double>(), catalogue_.currency) : value));
    }
    const auto text = field_text(item, FieldKind::text);
    return title + " [" + item.key + "]. " + join(parts, "; ") + "." + (text.empty() ? "" : " " + text);
  }

  const Catalogue& catalogue_;
  Dice dice_;
};

}  // namespace

std::vector<Conversation> chat_set(const Catalogue& catalogue, const std::vector<Item>& items, std::uint64_t seed) {
  Writer writer(catalogue, seed);
  auto set = writer.general();
  for (const auto& item : items) set.push_back(writer.about(item));
  return set;
}

}  // namespace fragua::catalogue
