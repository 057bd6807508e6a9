// ImportReport: what an import took, left, repaired and changed, for people and as JSON. Callers: catalogue/importer fills the first half,
// catalogue/import_service the second; api/native, cli. Threads: plain data.
// Names tables and columns; never a row of people.
#pragma once
#include "base/body.h"

namespace fragua::catalogue {

struct TableCount {
  std::string table;
  std::int64_t rows = 0;
};

struct DamageExample {
  std::string from;
  std::string to;                         // "": it was left, because nobody can know
};

// Text that was damaged, of one field and one kind.
struct DamageCount {
  std::string field;
  std::string kind;                       // given, mojibake, lost characters
  std::int64_t repaired = 0, left = 0;    // words
  std::vector<DamageExample> examples;
};

struct FacetSummary {
  std::string field;
  std::string label;
  std::int64_t values = 0;
  std::vector<std::string> most;          // the most frequent, with their counts: "Valencia (67)"
};

struct ItemChange {
  std::string key;
  std::string title;
};

struct Changes {
  std::int64_t added = 0, removed = 0, changed = 0, same = 0;
  std::vector<ItemChange> some_added, some_removed, some_changed;   // the first of each
  std::map<std::string, std::vector<std::string>> values_added, values_removed;   // by facet
};

struct ModelOutcome {
  std::string model;
  std::string what;                       // made, unchanged, kept, missing_base
  std::string about;                      // for people
};

struct ImportReport {
  std::int64_t items = 0;
  std::vector<TableCount> tables;         // read
  std::vector<std::string> left;          // tables that the mapping does not name
  std::vector<std::string> personal;      // those of them that look like rows of people
  std::vector<DamageCount> damages;
  std::vector<std::string> notes;         // of the source: what kind of file, which encoding
  std::vector<std::string> warnings;

  std::string catalogue;
  std::int64_t version = 0;
  std::string first_day, last_day;
  std::vector<FacetSummary> facets;
  Changes changes;
  std::vector<ModelOutcome> models;
};

template <class V>
void describe(V& field, TableCount& count) {
  field.required("table", count.table);
  field.required("rows", count.rows);
}
template <class V>
void describe(V& field, DamageExample& example) {
  field.required("from", example.from);
  field.optional("to", example.to, "empty: it was left, because nobody can know");
}
template <class V>
void describe(V& field, DamageCount& count) {
  field.required("field", count.field);
  field.required("kind", count.kind, "given (by the mapping), mojibake or lost characters");
  field.required("repaired", count.repaired, "words");
  field.required("left", count.left, "words");
  field.optional("examples", count.examples);
}
template <class V>
void describe(V& field, FacetSummary& summary) {
  field.required("field", summary.field);
  field.optional("label", summary.label);
  field.required("values", summary.values, "how many different ones");
  field.optional("most", summary.most);
}
template <class V>
void describe(V& field, ItemChange& change) {
  field.required("key", change.key);
  field.required("title", change.title);
}
template <class V>
void describe(V& field, Changes& changes) {
  field.required("added", changes.added);
  field.required("removed", changes.removed);
  field.required("changed", changes.changed);
  field.required("same", changes.same);
  field.optional("some_added", changes.some_added);
  field.optional("some_removed", changes.some_removed);
  field.optional("some_changed", changes.some_changed);
  field.optional("values_added", changes.values_added, "by facet");
  field.optional("values_removed", changes.values_removed, "by facet");
}
template <class V>
void describe(V& field, ModelOutcome& outcome) {
  field.required("model", outcome.model);
  field.required("what", outcome.what, "made, kept or missing_base");
  field.required("about", outcome.about);
}
template <class V>
void describe(V& field, ImportReport& report) {
  field.required("items", report.items);
  field.required("tables", report.tables, "read");
  field.optional("left", report.left, "tables that the mapping does not name");
  field.optional("personal", report.personal, "of those, the ones that look like rows of people");
  field.optional("damages", report.damages, "of texts");
  field.optional("notes", report.notes);
  field.optional("warnings", report.warnings);
  field.optional("catalogue", report.catalogue);
  field.optional("version", report.version);
  field.optional("first_day", report.first_day);
  field.optional("last_day", report.last_day);
  field.optional("facets", report.facets);
  field.optional("changes", report.changes);
  field.optional("models", report.models);
}

}  // namespace fragua::catalogue
