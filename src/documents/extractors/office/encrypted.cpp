#include "documents/extractors/office/encrypted.h"

#include "base/files.h"
#include "documents/extractors/detect.h"
#include "documents/extractors/office/agile_encryption.h"
#include "documents/extractors/office/ole_file.h"
#include "documents/extractors/registry.h"

namespace fragua::documents::extractors {

void EncryptedExtractor::extract(const Request& request, Output& output) {
  if (request.password.empty()) throw Failure(FailureCode::password_needed, "the document is protected by a password");
  const OleFile ole(request.file);
  const auto package = decrypt_agile(ole.read("EncryptionInfo"), ole.read("EncryptedPackage"), request.password);
  if (!package) throw Failure(FailureCode::wrong_password, "the password does not open the document");
  auto opened = request;
  opened.file = tools_.scratch() / "decrypted";
  write_file_atomically(opened.file, *package);
  const auto format = detect(opened.file, request.name);
  if (format == Format::encrypted_office) throw Failure(FailureCode::damaged, "the document is encrypted twice");
  make_extractor(format, tools_)->extract(opened, output);
}

}  // namespace fragua::documents::extractors
