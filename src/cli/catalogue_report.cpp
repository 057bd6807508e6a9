#include "cli/catalogue_report.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "cli/format.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

constexpr std::size_t kValuesShown = 12;

template <class Function>
void each(const json::object& object, std::string_view key, Function function) {
  for (const auto& item : array_member(object, key))
    if (item.is_object()) function(item.get_object());
}

void line(std::string& text, const std::string& what) { text += what + "\n"; }

std::string span(const json::object& object) {
  const auto first = string_member(object, "first_day");
  return first.empty() ? "" : ", " + first + " to " + string_member(object, "last_day");
}

void tell_facets(std::string& text, const json::object& report) {
  each(report, "facets", [&](const json::object& facet) {
    line(text, fmt::format("  {}: {} ({})", string_member(facet, "label"), integer_member(facet, "values"), join(strings_member(facet, "most"), ", ")));
  });
}

void tell_tables(std::string& text, const json::object& report) {
  std::vector<std::string> read;
  each(report, "tables", [&](const json::object& table) { read.push_back(fmt::format("{} {}", string_member(table, "table"), integer_member(table, "rows"))); });
  line(text, "read: " + join(read, ", "));
  const auto left = strings_member(report, "left");
  if (!left.empty()) line(text, "not read: " + join(left, ", "));
  const auto personal = strings_member(report, "personal");
  if (!personal.empty()) line(text, "rows of people among them, which were never kept: " + join(personal, ", "));
}

std::string examples_of(const json::object& damage) {
  std::vector<std::string> examples;
  each(damage, "examples", [&](const json::object& one) {
    const auto to = string_member(one, "to");
    examples.push_back("\"" + string_member(one, "from") + "\"" + (to.empty() ? "" : " → \"" + to + "\""));
  });
  return examples.empty() ? "" : ": " + join(examples, ", ");
}

void tell_damages(std::string& text, const json::object& report) {
  each(report, "damages", [&](const json::object& damage) {
    line(text, fmt::format("damaged text in {} ({}): {} words repaired, {} left as they are{}", string_member(damage, "field"), string_member(damage, "kind"),
                           integer_member(damage, "repaired"), integer_member(damage, "left"), examples_of(damage)));
  });
}

void tell_values(std::string& text, const json::object& changes, const std::string& key, const std::string& word) {
  for (const auto& [facet, values] : object_member(changes, key)) {
    std::vector<std::string> list;
    if (values.is_array())
      for (const auto& value : values.get_array()) list.push_back(plain_text(value));
    line(text, fmt::format("  {} {}: {}", word, std::string_view(facet), join(list, ", ")));
  }
}

void tell_changes(std::string& text, const json::object& report) {
  if (integer_member(report, "version") < 2) return;
  const auto changes = object_member(report, "changes");
  line(text, fmt::format("against the import before: {} added, {} removed, {} changed, {} as they were", integer_member(changes, "added"), integer_member(changes, "removed"),
                         integer_member(changes, "changed"), integer_member(changes, "same")));
  const auto some = [&](const std::string& key, const std::string& mark) {
    each(changes, key, [&](const json::object& item) { line(text, fmt::format("  {} {} {}", mark, string_member(item, "key"), string_member(item, "title"))); });
  };
  some("some_added", "+");
  some("some_removed", "-");
  some("some_changed", "~");
  tell_values(text, changes, "values_added", "new");
  tell_values(text, changes, "values_removed", "gone");
}

}  // namespace

std::string import_report(const json::object& report) {
  std::string text;
  line(text, fmt::format("imported {}, version {}: {} items{}", string_member(report, "catalogue"), integer_member(report, "version"), integer_member(report, "items"), span(report)));
  tell_facets(text, report);
  tell_tables(text, report);
  tell_damages(text, report);
  tell_changes(text, report);
  for (const auto& note : strings_member(report, "notes")) line(text, "note: " + note);
  for (const auto& warning : strings_member(report, "warnings")) line(text, "warning: " + warning);
  each(report, "models", [&](const json::object& model) { line(text, string_member(model, "about")); });
  return text;
}

std::string catalogue_text(const json::object& catalogue) {
  std::string text;
  line(text, fmt::format("{} ({}), version {}: {} items{}", string_member(catalogue, "name"), string_member(catalogue, "title"), integer_member(catalogue, "version"),
                         integer_member(catalogue, "items"), span(catalogue)));
  std::vector<Row> rows{{"FIELD", "KIND", "LABEL"}};
  each(catalogue, "fields", [&](const json::object& field) { rows.push_back({string_member(field, "name"), string_member(field, "kind"), string_member(field, "label")}); });
  text += table(rows, "  ");
  each(catalogue, "facets", [&](const json::object& facet) {
    std::vector<std::string> values;
    each(facet, "values", [&](const json::object& value) {
      if (values.size() < kValuesShown) values.push_back(fmt::format("{} ({})", string_member(value, "value"), integer_member(value, "count")));
    });
    const auto all = array_member(facet, "values").size();
    line(text, fmt::format("{}, {}: {}{}", string_member(facet, "label"), all, join(values, ", "), all > values.size() ? ", …" : ""));
  });
  return text;
}

std::string catalogues_table(const json::object& answer) {
  std::vector<Row> rows{{"NAME", "TITLE", "ITEMS", "VERSION", "SEARCH", "ASSISTANT"}};
  each(answer, "catalogues", [&](const json::object& one) {
    rows.push_back({string_member(one, "name"), string_member(one, "title"), std::to_string(integer_member(one, "items")), std::to_string(integer_member(one, "version")),
                    string_member(one, "search_model"), string_member(one, "assistant_model")});
  });
  return table(rows);
}

}  // namespace fragua::cli
