#include "http/multipart.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::http {

namespace {

constexpr std::size_t kHeadersMaxBytes = 8 << 10;    // of one part
constexpr std::size_t kPartsMax = 1000;
constexpr std::size_t kBoundaryMaxBytes = 70;        // RFC 2046

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorCode::invalid_argument, "the form is broken: " + what); }

// The value of a parameter of a header: name="a \"b\"" or name=a.
std::string parameter_of(std::string_view header, std::string_view name) {
  for (auto at = header.find(';'); at != std::string_view::npos; at = header.find(';', at)) {
    auto rest = trimmed(header.substr(++at));
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos || !equal_ignoring_case(trimmed(rest.substr(0, equals)), name)) continue;
    rest = trimmed(rest.substr(equals + 1));
    if (!rest.starts_with('"')) return std::string(trimmed(rest.substr(0, rest.find(';'))));
    std::string value;
    for (std::size_t i = 1; i < rest.size() && rest[i] != '"'; ++i) {
      if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
      value += rest[i];
    }
    return value;
  }
  return "";
}

// Browsers write quotes and line ends of a name as %22, %0D and %0A (WHATWG); file*= is RFC 5987's.
std::string file_name_of(std::string_view disposition) {
  const auto extended = parameter_of(disposition, "filename*");
  if (const auto quote = extended.rfind('\''); quote != std::string::npos) return percent_decoded(std::string_view(extended).substr(quote + 1));
  return parameter_of(disposition, "filename");
}

FormPart part_of(std::string_view headers) {
  FormPart part;
  for (const auto& line : split(headers, '\n')) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) continue;
    const auto name = trimmed(std::string_view(line).substr(0, colon));
    const auto value = trimmed(std::string_view(line).substr(colon + 1));
    if (equal_ignoring_case(name, "content-type")) part.content_type = value;
    if (!equal_ignoring_case(name, "content-disposition")) continue;
    part.name = sanitized_utf8(parameter_of(value, "name"));
    part.file_name = sanitized_utf8(file_name_of(value));
  }
  if (part.name.empty()) fail("a part has no name");
  return part;
}

}  // namespace

std::string multipart_boundary(std::string_view content_type) {
  if (!equal_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/form-data")) return "";
  auto boundary = parameter_of(content_type, "boundary");
  return boundary.size() > kBoundaryMaxBytes ? "" : boundary;
}

// The first delimiter may stand at the very beginning: a line end before it makes it like the others.
MultipartReader::MultipartReader(std::string boundary) : delimiter_("\r\n--" + boundary), buffer_("\r\n") {}

std::vector<MultipartReader::Event> MultipartReader::feed(std::string_view bytes) {
  buffer_ += bytes;
  std::vector<Event> events;
  while ((state_ == State::preamble && take_preamble(events)) || (state_ == State::headers && take_headers(events)) ||
         (state_ == State::body && take_body(events))) {
  }
  if (state_ == State::done) buffer_.clear();
  return events;
}

void MultipartReader::finish() const {
  if (state_ != State::done) fail("it ends before its last boundary");
}

bool MultipartReader::take_preamble(std::vector<Event>&) {
  const auto at = buffer_.find(delimiter_);
  if (at == std::string::npos) {
    if (buffer_.size() > kHeadersMaxBytes) fail("its boundary does not come");
    return false;
  }
  if (buffer_.size() < at + delimiter_.size() + 2) return false;
  buffer_.erase(0, at + delimiter_.size());
  return take_after_boundary();
}

// "--": the end. A line end: another part.
bool MultipartReader::take_after_boundary() {
  if (buffer_.starts_with("--")) {
    state_ = State::done;
    return true;
  }
  if (!buffer_.starts_with("\r\n")) fail("something follows a boundary");
  if (++parts_ > kPartsMax) throw Error(ErrorCode::too_large, "the form has more than 1000 parts");
  state_ = State::headers;
  return true;
}

bool MultipartReader::take_headers(std::vector<Event>& events) {
  const auto end = buffer_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (buffer_.size() > kHeadersMaxBytes) throw Error(ErrorCode::too_large, "the headers of a part of the form are too long");
    return false;
  }
  events.push_back({Event::Kind::begin, part_of(std::string_view(buffer_).substr(0, end)), ""});
  // The line end before the content stays: an empty part has its delimiter right there.
  buffer_.erase(0, end + 2);
  state_ = State::body;
  is_first_ = true;
  return true;
}

bool MultipartReader::take_body(std::vector<Event>& events) {
  const auto at = buffer_.find(delimiter_);
  const bool is_whole = at != std::string::npos;
  if (is_whole && buffer_.size() < at + delimiter_.size() + 2) return false;
  const auto until = is_whole ? at : buffer_.size() - std::min(buffer_.size(), delimiter_.size());
  const std::size_t from = is_first_ ? 2 : 0;
  if (until > from) {
    events.push_back({Event::Kind::bytes, {}, buffer_.substr(from, until - from)});
    buffer_.erase(0, until);
    is_first_ = false;
  }
  if (!is_whole) return false;
  events.push_back({Event::Kind::end, {}, ""});
  buffer_.erase(0, buffer_.find(delimiter_) + delimiter_.size());
  return take_after_boundary();
}

}  // namespace fragua::http
