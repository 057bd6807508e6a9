// Converter: old Office formats and RTF in a new format, and any office document as PDF, by LibreOffice without a window, with a profile of its
// own in the scratch folder. Callers: office/legacy, draw. Threads: one; blocks.
// Failure(tool_missing): LibreOffice is not installed; Failure(damaged): it could not read the document.
#pragma once
#include <string>

#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

class Converter {
 public:
  explicit Converter(const Tools& tools) : tools_(tools) {}
  // The converted file in the scratch folder; what is there from an earlier run is used again. from: the ending of its own format;
  // to: that of the new one, with its filter and the filter's options after colons where they matter.
  fs::path convert(const fs::path& file, const std::string& from, const std::string& to) const;

 private:
  std::string program() const;
  const Tools& tools_;
};

}  // namespace fragua::documents::extractors
