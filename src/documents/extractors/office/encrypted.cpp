#include "documents/extractors/office/encrypted.h"

#include "base/files.h"
#include "documents/extractors/detect.h"
#include "documents/extractors/office/agile_encryption.h"
#include "documents/extractors/office/ole_file.h"
#include "documents/extractors/office/standard_encryption.h"
#include "documents/extractors/registry.h"

namespace fragua::documents::extractors {

namespace {

// The first numbers of the description say how it was done.
std::optional<std::string> decrypted(const std::string& info, const std::string& package, const std::string& password) {
  if (info.size() > 4 && info[0] == 4 && info[2] == 4) return decrypt_agile(info, package, password);
  if (info.size() > 4 && info[0] >= 2 && info[0] <= 4 && info[2] == 2) return decrypt_standard(info, package, password);
  throw Failure(FailureCode::unsupported, "the document is encrypted in an old way that cannot be read: save it again with a current Office");
}

}  // namespace

void EncryptedExtractor::extract(const Request& request, Output& output) {
  if (request.password.empty()) throw Failure(FailureCode::password_needed, "the document is protected by a password");
  const OleFile ole(request.file);
  const auto package = decrypted(ole.read("EncryptionInfo"), ole.read("EncryptedPackage"), request.password);
  if (!package) throw Failure(FailureCode::wrong_password, "the password does not open the document");
  auto opened = request;
  opened.password.clear();
  opened.file = tools_.scratch() / kOpenedFile;
  write_file_atomically(opened.file, *package);
  const auto format = detect(opened.file, request.name);
  if (format == Format::encrypted_office) throw Failure(FailureCode::damaged, "the document is encrypted twice");
  make_extractor(format, tools_)->extract(opened, output);
}

}  // namespace fragua::documents::extractors
