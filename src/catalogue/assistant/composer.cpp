#include "catalogue/assistant/composer.h"

#include <algorithm>

#include "base/strings.h"
#include "catalogue/assistant/check.h"
#include "catalogue/assistant/prompt.h"
#include "documents/chunker.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr int kAnswerTokens = 160;
constexpr std::size_t kSentencesMax = 8;
constexpr std::size_t kSentenceBytesMax = 1000;   // without an end: it is no sentence

// Cuts the model's text into sentences and tells on those that are borne out.
class Checking final : public documents::TextListener {
 public:
  Checking(Evidence evidence, Composed& composed, ReplyListener& listener) : evidence_(std::move(evidence)), composed_(composed), listener_(listener) {}

  Task<bool> take(std::string piece) override {
    pending_ += piece;
    while (!is_over()) {
      const auto sentences = documents::sentences_of(pending_);
      if (sentences.size() < 2) break;
      const std::string sentence(sentences.front());
      pending_.erase(0, sentence.size());
      co_await tell(sentence);
    }
    co_return !is_over() && pending_.size() <= kSentenceBytesMax;
  }

  Task<> finish() {
    auto last = std::exchange(pending_, "");
    if (!is_over() && last.size() <= kSentenceBytesMax) co_await tell(std::move(last));
  }

 private:
  bool is_over() const { return told_.size() >= kSentencesMax; }

  Task<> tell(std::string sentence) {
    sentence = std::string(trimmed(sentence));
    // Small models repeat themselves.
    if (sentence.empty() || std::find(told_.begin(), told_.end(), sentence) != told_.end()) co_return;
    told_.push_back(sentence);
    if (auto flaw = flaw_of(sentence, evidence_)) {
      composed_.refused.push_back(*flaw + ": " + sentence);
      co_return;
    }
    auto piece = (composed_.text.empty() ? "" : " ") + sentence;
    composed_.text += piece;
    co_await listener_.said(std::move(piece));
  }

  Evidence evidence_;
  Composed& composed_;
  ReplyListener& listener_;
  std::string pending_;
  std::vector<std::string> told_;         // or refused
};

json::object with_defaults(json::object options) {
  if (!options.contains("temperature")) options["temperature"] = 0.0;
  if (!options.contains("num_predict")) options["num_predict"] = kAnswerTokens;
  return options;
}

}  // namespace

Task<Composed> Composer::compose(ComposeRequest request, std::shared_ptr<documents::AnswerControl> control, ReplyListener& listener) {
  Composed composed;
  Checking checking(evidence_of(*request.catalogue, request.facts), composed, listener);
  documents::WriteRequest write{request.user, request.model, question_prompt(*request.catalogue, request.facts, request.tongue), with_defaults(std::move(request.options))};
  composed.figures = co_await writer_.write(std::move(write), control, checking);
  co_await checking.finish();
  co_return composed;
}

}  // namespace fragua::catalogue::assistant
