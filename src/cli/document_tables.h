// Collections and documents as tables for people. Callers: cli/documents, cli/document_add. Threads: any; pure functions.
// What a document is called was written by others: it is shown without control characters.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace fragua::cli {

struct ListedDocument {
  std::string collection;
  json::object document;
};

std::string collections_table(const std::vector<json::object>& collections);
std::string documents_table(const std::vector<ListedDocument>& documents);
// "failed     scan.pdf: password_needed: the file is encrypted"
std::string outcome_line(const json::object& document);

}  // namespace fragua::cli
