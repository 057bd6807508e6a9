#include "documents/extractors/pdf/opened.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::chrono::seconds kTime(120);
constexpr int kReadWithWarnings = 3;

}  // namespace

fs::path opened_pdf(const Request& request, const Tools& tools) {
  if (request.password.empty()) return request.file;
  // No document has a longer one: 127 bytes are the most that PDF knows.
  if (request.password.size() >= kInputMaxBytes) throw Failure(FailureCode::wrong_password, "the password does not open the document");
  const auto opened = tools.scratch() / kOpenedFile;
  ToolCall call{{"qpdf", "--password-file=-", "--decrypt", request.file.string(), opened.string()}, "qpdf"};
  call.time = kTime;
  call.input = request.password + "\n";
  const auto result = tools.run(call);
  if (result.timed_out) throw Failure(FailureCode::too_large, "opening the protected document took longer than allowed");
  if (result.errors.find("invalid password") != std::string::npos) throw Failure(FailureCode::wrong_password, "the password does not open the document");
  if (result.status != 0 && result.status != kReadWithWarnings) throw Failure(FailureCode::damaged, "the document is damaged: it cannot be opened with its password");
  return opened;
}

}  // namespace fragua::documents::extractors
