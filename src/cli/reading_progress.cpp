#include "cli/reading_progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/strings.h"
#include "cli/document_names.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

constexpr std::size_t kAskedAtOnce = 8;

std::uint64_t bytes_of(const json::object& document) {
  return std::uint64_t(std::max<std::int64_t>(1, integer_member(document, "bytes")));
}

}  // namespace

void ReadingProgress::add(const json::object& document) {
  waiting_.push_back({string_member(document, "id"), printable(string_member(document, "name")), bytes_of(document)});
  ++documents_;
  bytes_ += waiting_.back().bytes;
}

bool ReadingProgress::update(const json::object& document, SteadyTime now) {
  const auto found = std::ranges::find(waiting_, string_member(document, "id"), &Waiting::id);
  if (found == waiting_.end()) return false;
  const auto state = string_member(document, "state");
  const bool has_ended = state == "indexed" || state == "failed";
  const auto done = has_ended ? integer_member(document, "pages") : integer_member(document, "pages_done");
  if (has_ended || done != found->pages_done) ++steps_;
  found->pages = integer_member(document, "pages");
  found->pages_done = done;
  std::uint64_t pages = pages_ended_;
  for (const auto& one : waiting_) pages += std::uint64_t(std::max<std::int64_t>(0, one.pages_done));
  pages_.add(now, pages);
  if (!has_ended) return false;
  pages_ended_ += std::uint64_t(std::max<std::int64_t>(0, done));
  bytes_ended_ += found->bytes;
  waiting_.erase(found);
  return true;
}

void ReadingProgress::forget(const std::string& id) {
  const auto found = std::ranges::find(waiting_, id, &Waiting::id);
  if (found == waiting_.end()) return;
  bytes_ended_ += found->bytes;
  waiting_.erase(found);
  ++steps_;
}

std::vector<std::string> ReadingProgress::next() const {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < std::min(waiting_.size(), kAskedAtOnce); ++i) ids.push_back(waiting_[i].id);
  return ids;
}

double ReadingProgress::bytes_done() const {
  double done = double(bytes_ended_);
  for (const auto& one : waiting_)
    if (one.pages > 0) done += double(one.bytes) * double(one.pages_done) / double(one.pages);
  return done;
}

std::optional<std::chrono::seconds> ReadingProgress::time_left(SteadyTime now) const {
  const auto part = bytes_ == 0 ? 0 : bytes_done() / double(bytes_);
  const auto taken = std::chrono::duration<double>(now - started_).count();
  if (part <= 0 || taken < 1) return std::nullopt;
  return std::chrono::seconds(std::int64_t(std::ceil(taken * (1 - part) / part)));
}

std::string ReadingProgress::line(SteadyTime now) const {
  auto text = fmt::format("{} of {} documents", documents_ - waiting_.size(), documents_);
  if (const auto rate = pages_.bytes_per_second(); rate > 0) text += fmt::format(", {:.1f} pages/s", rate);
  if (const auto left = time_left(now)) text += ", " + human_duration(*left) + " left";
  if (waiting_.empty()) return text;
  const auto& first = waiting_.front();
  text += ": " + first.name;
  return first.pages > 0 ? text + fmt::format(", page {} of {}", first.pages_done, first.pages) : text;
}

}  // namespace fragua::cli
