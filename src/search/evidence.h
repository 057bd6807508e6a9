// Evidence: how much of what a question asks stands close together in a passage. BM25 sees how often words occur, a vector what a passage
// is about; neither sees whether one place of it has all that is asked.
// Callers: documents, for the best passages of a fused list. Threads: pure.
// A word counts the more, the fewer of these passages have it: what all of them have does not tell them apart.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fragua::search {

constexpr std::size_t kEvidencePassages = 20;  // more cost time and change nothing

// Of each passage, 0 to 1.
std::vector<double> evidence(std::string_view question, const std::vector<std::string>& passages);

}  // namespace fragua::search
