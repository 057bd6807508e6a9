// E13: which paragraph a question is about: by words, by vectors, by both. Usage: retrieval_bench FILE.json; prints one JSON object.
// FILE: {"chunks": [{"paragraph": 0, "title": "…", "text": "…", "vector": […]}…], "questions": [{"paragraph": 0, "text": "…", "vector": […]}…]}.
// A paragraph may be cut into several chunks.
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/json.h"
#include "search/analysis.h"
#include "search/evidence.h"
#include "search/flat/flat_index.h"
#include "search/fusion.h"

using namespace fragua;
using namespace fragua::search;

namespace {

constexpr std::size_t kCandidates = 50;

std::vector<float> vector_of(const json::value& value) { return json::value_to<std::vector<float>>(value); }

// FTS5 as the product uses it, in memory.
class TextIndex {
 public:
  TextIndex() {
    sqlite3_open(":memory:", &database_);
    run("CREATE VIRTUAL TABLE t USING fts5 (terms, tokenize = 'unicode61 remove_diacritics 0')");
    sqlite3_prepare_v2(database_, "INSERT INTO t (rowid, terms) VALUES (?, ?)", -1, &insert_, nullptr);
    sqlite3_prepare_v2(database_, "SELECT rowid, -bm25(t) FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", -1, &select_, nullptr);
  }
  ~TextIndex() {
    sqlite3_finalize(insert_);
    sqlite3_finalize(select_);
    sqlite3_close(database_);
  }

  void add(std::int64_t id, const std::string& terms) {
    sqlite3_bind_int64(insert_, 1, id);
    sqlite3_bind_text(insert_, 2, terms.data(), int(terms.size()), SQLITE_TRANSIENT);
    check(sqlite3_step(insert_) == SQLITE_DONE);
    sqlite3_reset(insert_);
  }

  std::vector<Hit> search(const std::string& match) {
    std::vector<Hit> hits;
    if (match.empty()) return hits;
    sqlite3_bind_text(select_, 1, match.data(), int(match.size()), SQLITE_TRANSIENT);
    sqlite3_bind_int64(select_, 2, kCandidates);
    while (sqlite3_step(select_) == SQLITE_ROW) hits.push_back({sqlite3_column_int64(select_, 0), sqlite3_column_double(select_, 1)});
    check(sqlite3_reset(select_) == SQLITE_OK);
    return hits;
  }

 private:
  void run(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK); }
  void check(bool good) {
    if (!good) throw std::runtime_error(sqlite3_errmsg(database_));
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* select_ = nullptr;
};

std::vector<Hit> plain(const std::vector<FusedHit>& fused) {
  std::vector<Hit> hits;
  for (const auto& hit : fused) hits.push_back({hit.id, hit.score});
  return hits;
}

// The baseline: Cormack, Clarke and Büttcher 2009.
std::vector<Hit> reciprocal_ranks(const std::vector<Hit>& text, const std::vector<Hit>& vectors) {
  std::map<std::int64_t, double> scores;
  for (const auto* list : {&text, &vectors})
    for (std::size_t i = 0; i < list->size(); ++i) scores[(*list)[i].id] += 1 / (61.0 + double(i));
  std::vector<Hit> hits;
  for (const auto& [id, score] : scores) hits.push_back({id, score});
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
  return hits;
}

struct Quality {
  std::size_t questions = 0;
  std::map<std::size_t, std::size_t> within{{1, 0}, {3, 0}, {10, 0}};
  double reciprocal = 0;

  void count(std::size_t rank) {  // from 1; 0: not found
    ++questions;
    for (auto& [k, found] : within) found += rank > 0 && rank <= k;
    reciprocal += rank > 0 ? 1 / double(rank) : 0;
  }

  json::object figures() const {
    json::object object;
    for (const auto& [k, found] : within) object["recall@" + std::to_string(k)] = double(found) / double(questions);
    object["MRR"] = reciprocal / double(questions);
    return object;
  }
};

class Stopwatch {
 public:
  void stop() { ms_.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count()); }
  void start() { start_ = std::chrono::steady_clock::now(); }
  double median() {
    std::sort(ms_.begin(), ms_.end());
    return ms_[ms_.size() / 2];
  }

 private:
  std::chrono::steady_clock::time_point start_;
  std::vector<double> ms_;
};

class Bench {
 public:
  explicit Bench(const json::array& chunks) : vectors_(chunks.at(0).at("vector").as_array().size()) {
    for (const auto& chunk : chunks) {
      const auto id = std::int64_t(paragraphs_.size());
      paragraphs_.push_back(chunk.at("paragraph").to_number<std::int64_t>());
      texts_.emplace_back(chunk.at("text").as_string());
      text_.add(id, index_terms(std::string(chunk.at("title").as_string()) + "\n" + texts_.back()));
      vectors_.add(id, vector_of(chunk.at("vector")));
    }
  }

  // Where the right paragraph stands, by each way.
  std::map<std::string, std::size_t> ranks(const json::value& question) {
    const std::string asked(question.at("text").as_string());
    words_time.start();
    const auto text = text_.search(match_expression(asked));
    words_time.stop();
    vectors_time.start();
    const auto vectors = vectors_.search(vector_of(question.at("vector")), kCandidates, {});
    vectors_time.stop();
    const auto fused = fuse(text, vectors, {});
    evidence_time.start();
    const auto weighed = with_evidence(asked, fused);
    evidence_time.stop();
    const auto paragraph = question.at("paragraph").to_number<std::int64_t>();
    return {{"words", rank(text, paragraph)}, {"vectors", rank(vectors, paragraph)}, {"reciprocal ranks", rank(reciprocal_ranks(text, vectors), paragraph)},
            {"scores", rank(plain(fused), paragraph)}, {"scores and evidence", rank(weighed, paragraph)}};
  }

  Stopwatch words_time, vectors_time, evidence_time;

 private:
  std::vector<Hit> with_evidence(const std::string& question, std::vector<FusedHit> fused) const {
    std::vector<std::string> passages;
    for (std::size_t i = 0; i < std::min(fused.size(), kEvidencePassages); ++i) passages.push_back(texts_[std::size_t(fused[i].id)]);
    weigh_evidence(fused, evidence(question, passages), {});
    return plain(fused);
  }

  std::size_t rank(const std::vector<Hit>& hits, std::int64_t wanted) const {
    std::set<std::int64_t> seen;
    for (const auto& hit : hits) {
      const auto paragraph = paragraphs_[std::size_t(hit.id)];
      seen.insert(paragraph);
      if (paragraph == wanted) return seen.size();
    }
    return 0;
  }

  TextIndex text_;
  FlatIndex vectors_;
  std::vector<std::int64_t> paragraphs_;
  std::vector<std::string> texts_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: retrieval_bench FILE.json\n"), 2;
  std::stringstream text;
  text << std::ifstream(argv[1]).rdbuf();
  const auto input = parse_json(text.str());
  Bench bench(input.at("chunks").as_array());
  std::map<std::string, Quality> all, tuned, held_out;
  std::size_t number = 0;
  for (const auto& question : input.at("questions").as_array()) {
    for (const auto& [way, rank] : bench.ranks(question)) {
      all[way].count(rank);
      (number % 2 == 0 ? tuned : held_out)[way].count(rank);
    }
    ++number;
  }
  json::object result;
  for (const auto& [name, qualities] : {std::pair{"all", &all}, {"tuned", &tuned}, {"held out", &held_out}}) {
    json::object ways;
    for (const auto& [way, quality] : *qualities) ways[way] = quality.figures();
    result[name] = std::move(ways);
  }
  result["median ms"] = {{"words", bench.words_time.median()}, {"vectors", bench.vectors_time.median()}, {"evidence", bench.evidence_time.median()}};
  std::puts(to_json(result).c_str());
}
