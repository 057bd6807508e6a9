// Word, Excel and PowerPoint documents encrypted with a password (the "agile" encryption of Office 2010 and later): decrypted into the scratch
// folder, then read as what they are. Callers: registry. Threads: one.
// Failure: password_needed, wrong_password, unsupported (older ways of encrypting), damaged.
#pragma once
#include "documents/extractors/extractor.h"
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

class EncryptedExtractor : public Extractor {
 public:
  explicit EncryptedExtractor(const Tools& tools) : tools_(tools) {}
  void extract(const Request& request, Output& output) override;

 private:
  const Tools& tools_;
};

}  // namespace fragua::documents::extractors
