#include "conversations/conversation.h"

#include "base/strings.h"

namespace fragua::conversations {

namespace {

constexpr std::size_t kIdBytes = kIdLength / 2;

}  // namespace

std::int64_t to_millis(SystemTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

std::string new_id(const Entropy& entropy) { return to_hex(entropy(kIdBytes)); }

Error not_found(const std::string& what) { return Error(ErrorCode::not_found, "there is no such " + what); }

std::string shortened(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  text = text.substr(0, max_bytes);
  return std::string(text.substr(0, complete_utf8_length(text)));
}

std::optional<std::string> image_type(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return "image/gif";
  if (bytes.starts_with("RIFF"sv) && bytes.substr(std::min<std::size_t>(8, bytes.size())).starts_with("WEBP"sv)) return "image/webp";
  if (bytes.starts_with("BM"sv) && bytes.size() > 26) return "image/bmp";
  return std::nullopt;
}

}  // namespace fragua::conversations
