#include "cli/form_body.h"

#include <algorithm>
#include <cerrno>

namespace fragua::cli {

namespace {

// A quote or a line's end would end the name.
std::string quotable(std::string name) {
  std::ranges::replace_if(name, [](char c) { return c == '"' || c == '\r' || c == '\n'; }, '_');
  return name;
}

}  // namespace

FormBody::FormBody(const std::vector<FormPart>& parts, const std::string& boundary) : boundary_(boundary) {
  for (const auto& part : parts) {
    auto head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
    const auto name = part.file_name.empty() ? part.file.filename().string() : part.file_name;
    if (!part.file.empty()) head += "; filename=\"" + quotable(name) + "\"\r\nContent-Type: application/octet-stream";
    segments_.push_back({head + "\r\n\r\n" + part.value, ""});
    if (!part.file.empty()) segments_.push_back({"", part.file});
    segments_.push_back({"\r\n", ""});
  }
  segments_.push_back({"--" + boundary + "--\r\n", ""});
  for (const auto& segment : segments_) {
    std::error_code failed;
    size_ += segment.file.empty() ? segment.text.size() : fs::file_size(segment.file, failed);
    if (failed) throw_errno("cannot read", segment.file, failed.value());
  }
}

std::size_t FormBody::read_text(char* to, std::size_t capacity) {
  const auto& text = segments_[segment_].text;
  const auto count = text.copy(to, capacity, place_);
  place_ += count;
  return count;
}

std::size_t FormBody::read(char* to, std::size_t capacity) {
  while (segment_ < segments_.size()) {
    const auto& segment = segments_[segment_];
    std::size_t count = 0;
    if (segment.file.empty()) {
      count = read_text(to, capacity);
    } else {
      if (!file_.is_open()) file_.open(segment.file, std::ios::binary);
      if (!file_.is_open()) throw_errno("cannot read", segment.file, errno);
      file_.read(to, std::streamsize(capacity));
      count = std::size_t(file_.gcount());
    }
    if (count > 0) return count;
    ++segment_;
    place_ = 0;
    file_.close();
    file_.clear();
  }
  return 0;
}

}  // namespace fragua::cli
