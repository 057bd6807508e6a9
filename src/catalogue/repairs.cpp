#include "catalogue/repairs.h"

#include <algorithm>

namespace fragua::catalogue {

namespace {

constexpr std::size_t kToldMax = 100;

std::vector<RepairCount> most_frequent(const std::map<std::pair<std::string, std::string>, RepairCount>& counts, std::int64_t& total) {
  std::vector<RepairCount> list;
  for (const auto& [key, count] : counts) {
    list.push_back(count);
    total += count.count;
  }
  std::ranges::stable_sort(list, std::ranges::greater(), &RepairCount::count);
  if (list.size() > kToldMax) list.resize(kToldMax);
  return list;
}

std::string with_lines(std::string text, const std::map<std::string, std::string>& lines) {
  for (const auto& [damaged, whole] : lines)
    for (auto at = text.find(damaged); at != std::string::npos && !damaged.empty(); at = text.find(damaged, at + whole.size())) text.replace(at, damaged.size(), whole);
  return text;
}

}  // namespace

std::string Repairs::repaired(const std::string& field, std::string text) {
  auto whole = with_lines(text, lines_);
  if (whole != text) ++repaired_.try_emplace({field, text}, RepairCount{field, text, whole, 0}).first->second.count;
  return whole;
}

void Repairs::tell(ImportReport& report) const {
  report.repaired = most_frequent(repaired_, report.repaired_texts);
  report.damaged = most_frequent(damaged_, report.damaged_texts);
}

}  // namespace fragua::catalogue
