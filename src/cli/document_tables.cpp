#include "cli/document_tables.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "cli/document_names.h"
#include "cli/format.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

std::string size_of(const json::object& document) {
  return human_bytes(std::uint64_t(std::max<std::int64_t>(0, integer_member(document, "bytes"))));
}

std::string pages_of(const json::object& document) {
  const auto pages = integer_member(document, "pages");
  if (pages == 0) return "";
  if (string_member(document, "state") != "extracting") return std::to_string(pages);
  return fmt::format("{}/{}", integer_member(document, "pages_done"), pages);
}

std::string name_of(const json::object& document) { return printable(string_member(document, "name")); }

std::string state_of(const json::object& document) {
  const auto reason = string_member(document, "error_code");
  return string_member(document, "state") + (reason.empty() ? "" : " (" + reason + ")");
}

std::string counted(std::int64_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::string collections_table(const std::vector<json::object>& collections) {
  std::vector<Row> rows{{"NAME", "ID", "DOCUMENTS", "OWNER"}};
  for (const auto& one : collections)
    rows.push_back({name_of(one), string_member(one, "id"), std::to_string(integer_member(one, "documents")),
                    boolean_member(one, "is_own") ? "you" : printable(string_member(one, "owner"))});
  return table(rows);
}

std::string documents_table(const std::vector<ListedDocument>& documents) {
  std::vector<Row> rows{{"COLLECTION", "NAME", "STATE", "PAGES", "SIZE"}};
  for (const auto& one : documents)
    rows.push_back({printable(one.collection), name_of(one.document), state_of(one.document), pages_of(one.document),
                    size_of(one.document)});
  return table(rows);
}

std::string outcome_line(const json::object& document) {
  const auto name = name_of(document);
  const auto same_as = printable(string_member(document, "same_as"));
  if (boolean_member(document, "duplicate"))
    return "duplicate  " + name + ": its content is there already" + (same_as.empty() || same_as == name ? "" : " as " + same_as);
  const auto state = string_member(document, "state");
  if (state == "failed") return "failed     " + name + ": " + string_member(document, "error_code") + ": " + printable(string_member(document, "error"));
  if (state != "indexed") return fmt::format("{:<10} {}", state, name);
  const auto pages = integer_member(document, "pages");
  const auto size = pages > 0 ? counted(pages, "page") : counted(integer_member(document, "chunks"), "passage");
  return fmt::format("{:<10} {} ({})", state, name, size);
}

}  // namespace fragua::cli
