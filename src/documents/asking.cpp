#include "documents/asking.h"

#include <algorithm>

#include "base/strings.h"
#include "documents/ask_prompt.h"
#include "documents/chunker.h"
#include "documents/citations.h"
#include "documents/meaning_citations.h"
#include "documents/pictures.h"

namespace fragua::documents {

namespace {

constexpr std::size_t kHistoryMax = 200;
constexpr int kAnswerTokens = 400;
// Of the best passage's score. On the half of XQuAD-es that bench/run.py E15 asks about, the right passage is as often among those above it as
// among the first three, and they are 1.4 instead of 3: what the model need not read comes off the wait for its first word.
constexpr double kNearBest = 0.6;

// Cuts the model's text into sentences and tells on those that a passage bears, with its marker.
class Verifying final : public TextListener {
 public:
  Verifying(Answer& answer, MeaningCitations& meanings, AskListener& listener) : answer_(answer), meanings_(meanings), listener_(listener) {}

  Task<bool> take(std::string piece) override {
    pending_ += piece;
    while (true) {
      const auto sentences = sentences_of(pending_);
      if (sentences.size() < 2 || is_over_) break;
      const std::string sentence(sentences.front());
      pending_.erase(0, sentence.size());
      co_await tell(sentence);
    }
    co_return !is_over_;
  }

  Task<> finish() {
    auto last = std::exchange(pending_, "");
    if (!is_over_) co_await tell(std::move(last));
  }

 private:
  Task<> tell(std::string sentence) {
    sentence = without_markers(sentence);
    if (trimmed(sentence).empty()) co_return;
    if (says_not_there(sentence)) {
      is_over_ = true;
      co_return;
    }
    auto citation = cite(sentence, answer_.passages);
    if (!citation) citation = co_await meanings_.cite(sentence);
    if (!citation) co_return;
    const auto number = number_of(std::move(*citation));
    auto said = (answer_.text.empty() ? "" : " ") + with_marker(trimmed(sentence), number);
    answer_.text += said;
    co_await listener_.said(std::move(said));
  }

  std::size_t number_of(Citation citation) {
    auto& sources = answer_.sources;
    const auto& passage = answer_.passages[citation.passage];
    const auto known = std::find_if(sources.begin(), sources.end(), [&](const Source& source) {
      return source.passage.chunk.number == passage.chunk.number && source.quote == citation.quote;
    });
    if (known != sources.end()) return known->number;
    sources.push_back({sources.size() + 1, passage, std::move(citation.quote), {}});
    return sources.back().number;
  }

  // Before the full stop.
  static std::string with_marker(std::string_view sentence, std::size_t number) {
    const auto marker = " [" + std::to_string(number) + "]";
    const auto end = sentence.find_last_not_of(".!?:");
    const auto stop = end == std::string_view::npos ? sentence.size() : end + 1;
    return std::string(sentence.substr(0, stop)) + marker + std::string(sentence.substr(stop));
  }

  Answer& answer_;
  MeaningCitations& meanings_;
  AskListener& listener_;
  std::string pending_;
  bool is_over_ = false;
};

// Tells on as it comes.
class Passing final : public TextListener {
 public:
  Passing(Answer& answer, AskListener& listener) : answer_(answer), listener_(listener) {}
  Task<bool> take(std::string piece) override {
    answer_.text += piece;
    co_await listener_.said(std::move(piece));
    co_return true;
  }

 private:
  Answer& answer_;
  AskListener& listener_;
};

void check(const AskRequest& request) {
  if (trimmed(request.query.question).empty()) throw Error(ErrorCode::invalid_argument, "\"question\" must not be empty");
  if (request.history.size() > kHistoryMax) throw Error(ErrorCode::too_large, "\"history\" must have at most 200 entries");
  for (const auto& turn : request.history)
    if (turn.role != "user" && turn.role != "assistant") throw Error(ErrorCode::invalid_argument, "\"history\": role must be user or assistant");
}

json::object with_defaults(json::object options) {
  if (!options.contains("temperature")) options["temperature"] = 0.0;
  if (!options.contains("num_predict")) options["num_predict"] = kAnswerTokens;
  return options;
}

// Best first; without those that say far less than the best.
std::vector<Passage> near_best(std::vector<Passage> passages) {
  std::erase_if(passages, [best = passages.empty() ? 0 : passages.front().score](const Passage& passage) { return passage.score < kNearBest * best; });
  return passages;
}

// How near the best passage is, by meaning.
double best_vector_score(const std::vector<Passage>& passages) {
  double best = -1;
  for (const auto& passage : passages)
    if (passage.vector) best = std::max(best, passage.vector->score);
  return best;
}

}  // namespace

Task<Answer> Asking::ask(std::string user, AskRequest request, std::shared_ptr<AnswerControl> control, AskListener& listener) {
  check(request);
  Answer answer;
  answer.question = in_context(std::string(trimmed(request.query.question)), request.history);
  answer.used_documents = request.needs_documents && !is_small_talk(answer.question);
  if (answer.used_documents) {
    if (request.instructions.empty()) request.instructions = co_await prompt_of(user, request.query.collections);
    auto query = request.query;
    query.question = answer.question;
    answer.passages = near_best(co_await retrieval_.find(user, std::move(query)));
  }
  co_await listener.found(answer.passages);
  if (answer.used_documents) co_await answer_from_passages(user, request, control, answer, listener);
  else co_await answer_plainly(user, request, control, answer, listener);
  co_return answer;
}

Task<> Asking::answer_from_passages(std::string user, const AskRequest& request, std::shared_ptr<AnswerControl> control, Answer& answer,
                                    AskListener& listener) {
  if (best_vector_score(answer.passages) >= options_.vector_score_min) {
    WriteRequest write{user, request.model, answer_prompt(answer.question, answer.passages, request.instructions), with_defaults(request.options)};
    MeaningCitations meanings(embedder_, answer.passages, tongue_of(answer.question) == Tongue::english ? "en" : "es", options_.embedding_model);
    Verifying verifying(answer, meanings, listener);
    answer.figures = co_await writer_.write(std::move(write), control, verifying);
    co_await verifying.finish();
  }
  answer.sufficient = !answer.sources.empty();
  if (answer.sufficient) {
    co_await place(answer);
    co_return;
  }
  answer.text = not_there(tongue_of(answer.question));
  co_await listener.said(answer.text);
}

Task<> Asking::answer_plainly(std::string user, const AskRequest& request, std::shared_ptr<AnswerControl> control, Answer& answer,
                              AskListener& listener) {
  WriteRequest write{user, request.model, plain_prompt(answer.question, request.history), request.options};
  Passing passing(answer, listener);
  answer.figures = co_await writer_.write(std::move(write), control, passing);
}

// Of the one collection that is asked; several have none in common.
Task<std::string> Asking::prompt_of(std::string user, std::vector<std::string> collections) {
  if (collections.size() != 1) co_return std::string();
  const auto work = [user, id = collections.front()](db::Connection& connection) { return CollectionRepository(connection).require(user, id).prompt; };
  co_return co_await store_.read(work);
}

// Where the quotes stand on their pages.
Task<> Asking::place(Answer& answer) {
  const auto work = [sources = answer.sources](db::Connection& connection) mutable {
    DocumentRepository documents(connection);
    for (auto& source : sources) {
      const auto& chunk = source.passage.chunk;
      if (chunk.page <= 0) continue;
      auto found = find_in_pages(documents, source.passage.document.number, source.quote, {chunk.page, chunk.page_end});
      if (found.page == 0) continue;
      source.page = found.page;
      source.boxes = std::move(found.boxes);
    }
    return sources;
  };
  answer.sources = co_await store_.read(work);
}

}  // namespace fragua::documents
