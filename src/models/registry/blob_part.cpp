#include "models/registry/blob_part.h"

#include <algorithm>

#include "base/json.h"

namespace fragua::models {

namespace {

constexpr std::uint64_t kParts = 16;

std::optional<std::uint64_t> number_member(const json::object& object, std::string_view key) {
  const auto* member = find_member(object, key);
  if (!member) return std::nullopt;
  boost::system::error_code error;
  const auto number = member->to_number<std::uint64_t>(error);
  if (error) return std::nullopt;
  return number;
}

}  // namespace

std::vector<BlobPart> plan_parts(std::uint64_t size, PartBounds bounds) {
  const auto step = std::max<std::uint64_t>(1, std::min(std::max(size / kParts, bounds.min_bytes), bounds.max_bytes));
  std::vector<BlobPart> parts;
  for (std::uint64_t offset = 0; offset < size; offset += step)
    parts.push_back({.number = parts.size(), .offset = offset, .size = std::min(step, size - offset)});
  if (parts.empty()) parts.push_back({});
  return parts;
}

bool covers(const std::vector<BlobPart>& parts, std::uint64_t size) {
  std::uint64_t at = 0;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    const auto& part = parts[index];
    if (part.number != index || part.offset != at || part.size > size - at || part.completed > part.size) return false;
    at += part.size;
  }
  return !parts.empty() && at == size;
}

std::string to_text(const BlobPart& part) {
  return to_json(json::object{
             {"N", part.number}, {"Offset", part.offset}, {"Size", part.size}, {"Completed", part.completed}}) +
         "\n";
}

std::optional<BlobPart> parse_part(std::string_view text) {
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  const auto number = number_member(object, "N"), offset = number_member(object, "Offset");
  const auto size = number_member(object, "Size"), completed = number_member(object, "Completed");
  if (!number || !offset || !size || !completed || *completed > *size) return std::nullopt;
  return BlobPart{*number, *offset, *size, *completed};
}

}  // namespace fragua::models
