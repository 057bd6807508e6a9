// StopMatcher: the text of an answer on its way out. Holds back what may be the beginning of a stop sequence or half a
// character, and says when a stop sequence is complete.
// Callers: scheduler, one a sequence. Threads: one at a time.
// What it gives out is always whole, valid UTF-8, and the same however the text was cut into pieces.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::engine {

class StopMatcher {
 public:
  struct Output {
    std::string text;                 // safe to send
    std::optional<std::string> stop;  // the sequence that ended the answer; nothing may be pushed after it
  };

  explicit StopMatcher(std::vector<std::string> stops);

  Output push(std::string_view piece);
  // The answer ended without a stop sequence: what was held back. Half a character becomes U+FFFD.
  std::string finish();

 private:
  std::size_t held_from() const;

  std::vector<std::string> stops_;
  std::string held_;
};

}  // namespace fragua::engine
