#include "documents/document.h"

#include <algorithm>

#include "base/strings.h"

namespace fragua::documents {

std::int64_t to_millis(SystemTime time) { return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count(); }

std::string new_id(const Entropy& entropy) { return to_hex(entropy(16)); }

Error not_found(const std::string& what) { return {ErrorCode::not_found, what + " not found"}; }

std::string display_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  auto text = sanitized_utf8(trimmed(slash == std::string_view::npos ? name : name.substr(slash + 1)));
  std::erase_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (text.size() > kNameMaxBytes) text.resize(complete_utf8_length(std::string_view(text).substr(0, kNameMaxBytes)));
  return text.empty() ? "document" : text;
}

namespace {

constexpr char kArchive[] = "archive:";

}  // namespace

std::string archive_source(const std::string& name) { return kArchive + name; }

bool is_from_archive(const std::string& source) { return source.starts_with(kArchive); }

std::string packed_name(const std::string& path) {
  auto clean = path;
  std::replace(clean.begin(), clean.end(), '\\', '/');
  std::vector<std::string> parts;
  for (const auto& part : split(clean, '/'))
    if (!part.empty() && part != "." && part != "..") parts.push_back(part);
  return display_name(join(parts, " › "));
}

std::string address_name(const std::string& url) {
  const auto rest = url.substr(0, url.find('#'));
  const auto scheme = rest.find("://");
  return packed_name(percent_decoded(scheme == std::string::npos ? rest : rest.substr(scheme + 3)));
}

std::string copy_source(const std::string& id) { return "copy:" + id; }

}  // namespace fragua::documents
