// E13: which paragraph a question is about: by words, by vectors, by both. Usage: retrieval_bench FILE.json; prints one JSON object.
// FILE: {"chunks": [{"paragraph": 0, "text": "…", "vectors": [[…]…]}…], "questions": [{"paragraph": 0, "text": "…", "vector": […]}…]}.
// The first vector of a chunk is of all of it, the others are of its windows.
#include <sqlite3.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/json.h"
#include "search/analysis.h"
#include "search/flat/flat_index.h"
#include "search/fusion.h"

using namespace fragua;
using namespace fragua::search;

namespace {

constexpr std::size_t kCandidates = 50;
constexpr std::int64_t kVectorsOfChunk = 1000;

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

// A chunk counts as its best vector.
std::vector<Hit> best_of_chunks(const std::vector<Hit>& hits) {
  std::vector<Hit> best;
  std::set<std::int64_t> seen;
  for (const auto& hit : hits)
    if (best.size() < kCandidates && seen.insert(hit.id / kVectorsOfChunk).second) best.push_back({hit.id / kVectorsOfChunk, hit.score});
  return best;
}

std::vector<Hit> plain(const std::vector<FusedHit>& fused) {
  std::vector<Hit> hits;
  for (const auto& hit : fused) hits.push_back({hit.id, hit.score});
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

class Bench {
 public:
  explicit Bench(const json::array& chunks) : whole_(dimensions(chunks)), pooled_(dimensions(chunks)) {
    for (const auto& chunk : chunks) {
      const auto id = std::int64_t(paragraphs_.size());
      paragraphs_.push_back(chunk.at("paragraph").to_number<std::int64_t>());
      text_.add(id, index_terms(std::string_view(chunk.at("text").as_string())));
      const auto& vectors = chunk.at("vectors").as_array();
      whole_.add(id * kVectorsOfChunk, vector_of(vectors[0]));
      for (std::size_t i = 0; i < vectors.size(); ++i) pooled_.add(id * kVectorsOfChunk + std::int64_t(i), vector_of(vectors[i]));
    }
  }

  std::map<std::string, std::size_t> ranks(const json::value& question) {
    const auto vector = vector_of(question.at("vector"));
    const auto text = text_.search(match_expression(std::string_view(question.at("text").as_string())));
    const auto whole = best_of_chunks(whole_.search(vector, kCandidates, {}));
    const auto pooled = best_of_chunks(pooled_.search(vector, 8 * kCandidates, {}));
    const auto paragraph = question.at("paragraph").to_number<std::int64_t>();
    return {{"words", rank(text, paragraph)}, {"vectors", rank(whole, paragraph)}, {"vectors, windows too", rank(pooled, paragraph)},
            {"fused", rank(plain(fuse(text, whole, {})), paragraph)}, {"fused, windows too", rank(plain(fuse(text, pooled, {})), paragraph)}};
  }

 private:
  static std::size_t dimensions(const json::array& chunks) { return chunks.at(0).at("vectors").at(0).as_array().size(); }

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
  FlatIndex whole_, pooled_;
  std::vector<std::int64_t> paragraphs_;
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
  std::puts(to_json(result).c_str());
}
