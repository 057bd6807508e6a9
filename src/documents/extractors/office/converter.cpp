#include "documents/extractors/office/converter.h"

#include <system_error>

namespace fragua::documents::extractors {

namespace {

constexpr const char* kPackages = "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui";
constexpr std::chrono::seconds kTime(180);
constexpr std::uint64_t kMemoryBytes = 6ull << 30;  // it maps far more than it uses
constexpr int kStartAgain = 81;                     // with this status it asks to be run again with its new profile

}  // namespace

// The program itself: the script before it only looks for a window and for Java.
std::string Converter::program() const {
  const auto script = tools_.find("soffice");
  if (script.empty()) throw Failure(FailureCode::tool_missing, std::string("reading this needs LibreOffice, which is not installed (Debian: apt-get install ") + kPackages + ")");
  std::error_code failed;
  const auto real = fs::canonical(script, failed);
  const auto binary = (failed ? fs::path(script) : real).parent_path() / "soffice.bin";
  return fs::exists(binary, failed) ? binary.string() : script;
}

fs::path Converter::convert(const fs::path& file, const std::string& from, const std::string& to) const {
  const auto converted = tools_.scratch() / ("document." + to.substr(0, to.find(':')));
  if (fs::exists(converted)) return converted;
  // It goes by the name; the document's own may say anything.
  const auto named = tools_.scratch() / ("document." + from);
  std::error_code failed;
  fs::copy_file(file, named, fs::copy_options::overwrite_existing, failed);
  if (failed) throw Failure(FailureCode::damaged, "the document could not be copied for its conversion");
  ToolCall call{{program(), "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
                 "-env:UserInstallation=file://" + (tools_.scratch() / "profile").string(), "-env:OSL_SOCKET_PATH=.", "--convert-to", to, "--outdir", tools_.scratch().string(), named.string()},
                kPackages};
  call.time = kTime;
  call.memory_bytes = kMemoryBytes;
  auto result = tools_.run(call);
  if (result.status == kStartAgain) result = tools_.run(call);
  fs::remove(named, failed);
  if (result.timed_out) throw Failure(FailureCode::too_large, "converting the document took longer than allowed");
  if (!fs::exists(converted)) throw Failure(FailureCode::damaged, "the document is damaged: LibreOffice cannot open it");
  return converted;
}

}  // namespace fragua::documents::extractors
