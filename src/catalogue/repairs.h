// Repairs: damaged text made whole where that is certain or where the mapping says how, with counts for the report.
// Callers: catalogue/importer. Threads: one. A text that nobody can repair stays as it is and is counted.
#pragma once
#include "catalogue/import_report.h"

namespace fragua::catalogue {

class Repairs {
 public:
  // `lines`: of the mapping, damaged to whole; they count before everything else.
  explicit Repairs(std::map<std::string, std::string> lines) : lines_(std::move(lines)) {}
  std::string repaired(const std::string& field, std::string text);
  void tell(ImportReport& report) const;

 private:
  std::map<std::string, std::string> lines_;
  std::map<std::pair<std::string, std::string>, RepairCount> repaired_, damaged_;
};

}  // namespace fragua::catalogue
