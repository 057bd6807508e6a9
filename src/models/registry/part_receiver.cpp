#include "models/registry/part_receiver.h"

#include <algorithm>
#include <charconv>

#include "base/strings.h"

namespace fragua::models {

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<ContentRange> parse_content_range(std::string_view text) {
  text = trimmed(text);
  if (!text.starts_with("bytes ")) return std::nullopt;
  text.remove_prefix(6);
  const auto dash = text.find('-'), slash = text.find('/');
  if (dash == std::string_view::npos || slash == std::string_view::npos || dash > slash) return std::nullopt;
  const auto first = number(text.substr(0, dash)), last = number(text.substr(dash + 1, slash - dash - 1));
  const auto total = number(text.substr(slash + 1));
  if (!first || !last || *first > *last || (!total && text.substr(slash + 1) != "*")) return std::nullopt;
  return ContentRange{*first, *last, total};
}

PartReceiver::PartReceiver(PartialBlob& partial, std::size_t part, std::uint64_t blob_bytes, std::shared_ptr<bool> stop)
    : partial_(partial), part_(part), blob_bytes_(blob_bytes), stop_(std::move(stop)) {}

std::string PartReceiver::range() const {
  return "bytes=" + std::to_string(part().position()) + "-" + std::to_string(part().position() + part().left() - 1);
}

std::uint64_t PartReceiver::answer_max_bytes() const {
  return partial_.parts().size() == 1 ? blob_bytes_ : part().left();
}

bool PartReceiver::begin(const http::ClientResponse& response) {
  status_ = response.status;
  const auto encoding = response.header("Content-Encoding");
  if ((status_ == 200 || status_ == 206) && !encoding.empty() && encoding != "identity")
    return fail(ErrorCode::corrupt, "the registry compresses a blob, which nobody asked for");
  if (status_ == 206) return begin_range(response);
  if (status_ == 200) return begin_whole(response);
  return false;
}

bool PartReceiver::begin_range(const http::ClientResponse& response) {
  const auto range = parse_content_range(response.header("Content-Range"));
  if (!range || range->first != part().position() || range->last >= part().position() + part().left())
    return fail(ErrorCode::corrupt, "the registry answers with another range than the one asked for");
  if (range->total && *range->total != blob_bytes_)
    return fail(ErrorCode::corrupt, "the registry's blob has " + std::to_string(*range->total) +
                                        " bytes, its manifest says " + std::to_string(blob_bytes_));
  return believed_ = true;
}

bool PartReceiver::begin_whole(const http::ClientResponse& response) {
  const auto length = number(response.header("Content-Length"));
  if (length && *length != blob_bytes_)
    return fail(ErrorCode::corrupt, "the registry's blob has " + std::to_string(*length) +
                                        " bytes, its manifest says " + std::to_string(blob_bytes_));
  ranges_ignored_ = partial_.parts().size() > 1;
  skip_ = part().position();
  return believed_ = !ranges_ignored_;
}

void PartReceiver::take(std::string_view bytes) {
  if (!believed_ || failure_) return;
  const auto skipped = std::min<std::uint64_t>(skip_, bytes.size());
  skip_ -= skipped;
  bytes.remove_prefix(skipped);
  if (bytes.size() > part().left()) {
    fail(ErrorCode::corrupt, "the registry sends more bytes than the blob has");
    *stop_ = true;
    return;
  }
  if (auto written = partial_.write(part(), bytes); !written) {
    failure_ = written.error();
    *stop_ = true;
  }
}

bool PartReceiver::fail(ErrorCode code, std::string message) {
  failure_ = Error(code, std::move(message));
  return false;
}

}  // namespace fragua::models
