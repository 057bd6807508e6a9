// DOC, XLS, PPT and RTF: converted by LibreOffice, then read as their successors.
// Callers: registry. Threads: one; blocks.
#pragma once
#include <memory>

#include "documents/extractors/detect.h"
#include "documents/extractors/extractor.h"
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

class LegacyExtractor : public Extractor {
 public:
  LegacyExtractor(const Tools& tools, Format format) : tools_(tools), format_(format) {}
  void extract(const Request& request, Output& output) override;

 private:
  const Tools& tools_;
  Format format_;
};

}  // namespace fragua::documents::extractors
