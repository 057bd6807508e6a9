// Search in vector indexes: time, recall against exact, memory. Usage: vectors_bench flat|usearch COUNT BASE.f32 [DIMENSIONS]
// BASE.f32 holds real embeddings, one after another. Each vector that is indexed or asked for is a mixture of three of them and some noise:
// as near to one another as real ones are, and as many as wanted. Prints one JSON object.
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <random>
#include <thread>

#include "search/flat/flat_index.h"
#include "search/scan.h"
#include "search/usearch/usearch_index.h"

using namespace fragua::search;

namespace {

using Vector = std::vector<float>;
constexpr std::size_t kQueries = 1000, kNearest = 10;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Of this thread: what a search costs where others use the machine too.
double processor_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1000.0 * double(time.tv_sec) + double(time.tv_nsec) / 1e6;
}

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0, resident = 0;
  statm >> all >> resident;
  return resident * std::size_t(sysconf(_SC_PAGESIZE));
}

class Mixtures {
 public:
  Mixtures(const char* path, std::size_t dimensions) : dimensions_(dimensions) {
    std::ifstream file(path, std::ios::binary);
    Vector vector(dimensions);
    while (file.read(reinterpret_cast<char*>(vector.data()), std::streamsize(dimensions * sizeof(float)))) bases_.push_back(vector);
    if (bases_.size() < 100) throw std::runtime_error("too few base vectors");
  }

  Vector next(std::mt19937& random) const {
    constexpr float kNoise = 0.15F;
    std::exponential_distribution<float> weight;
    std::normal_distribution<float> noise(0, kNoise / std::sqrt(float(dimensions_)));
    Vector mixed(dimensions_);
    for (int part = 0; part < 3; ++part) {
      const auto& base = bases_[random() % bases_.size()];
      const float share = weight(random);
      for (std::size_t i = 0; i < dimensions_; ++i) mixed[i] += share * base[i];
    }
    normalize(mixed);
    for (float& value : mixed) value += noise(random);
    normalize(mixed);
    return mixed;
  }

 private:
  static void normalize(Vector& vector) {
    float squares = 0;
    for (const float value : vector) squares += value * value;
    for (float& value : vector) value /= std::sqrt(squares);
  }

  std::size_t dimensions_;
  std::vector<Vector> bases_;
};

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

struct Answers {
  std::vector<std::vector<Hit>> hits;
  std::vector<double> ms, processor_ms;
};

Answers ask(const VectorIndex& index, const std::vector<Vector>& queries, const Filter& filter) {
  Answers answers;
  for (const auto& query : queries) {
    const auto start = std::chrono::steady_clock::now();
    const auto before = processor_ms();
    answers.hits.push_back(index.search(query, kNearest, filter));
    answers.processor_ms.push_back(processor_ms() - before);
    answers.ms.push_back(1000 * seconds_since(start));
  }
  return answers;
}

// Questions a second of as many threads as there are cores.
double throughput(const VectorIndex& index, const std::vector<Vector>& queries) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) threads.emplace_back([&] { ask(index, queries, {}); });
  for (auto& thread : threads) thread.join();
  return double(threads.size() * queries.size()) / seconds_since(start);
}

// Of floats, without any index: what is truly nearest.
class Truth {
 public:
  explicit Truth(const std::vector<Vector>& queries) : queries_(queries), best_(queries.size()) {}

  void see(std::int64_t id, const Vector& vector) {
    for (std::size_t q = 0; q < queries_.size(); ++q) {
      float sum = 0;
      for (std::size_t i = 0; i < vector.size(); ++i) sum += vector[i] * queries_[q][i];
      auto& best = best_[q];
      if (best.size() == kNearest && sum <= best.back().score) continue;
      best.insert(std::upper_bound(best.begin(), best.end(), double(sum), [](double s, const Hit& hit) { return s > hit.score; }), {id, sum});
      if (best.size() > kNearest) best.pop_back();
    }
  }

  double recall(const Answers& answers) const {
    std::size_t found = 0;
    for (std::size_t q = 0; q < queries_.size(); ++q)
      for (const auto& hit : best_[q])
        found += std::any_of(answers.hits[q].begin(), answers.hits[q].end(), [&](const Hit& other) { return other.id == hit.id; });
    return double(found) / double(queries_.size() * kNearest);
  }

 private:
  const std::vector<Vector>& queries_;
  std::vector<std::vector<Hit>> best_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return std::fprintf(stderr, "usage: vectors_bench flat|usearch COUNT BASE.f32 [DIMENSIONS]\n"), 2;
  const std::size_t count = std::stoul(argv[2]), dimensions = argc > 4 ? std::stoul(argv[4]) : 384;
  const Mixtures mixtures(argv[3], dimensions);
  std::unique_ptr<VectorIndex> index;
  if (std::strcmp(argv[1], "flat") == 0) index = std::make_unique<FlatIndex>(dimensions);
  else index = std::make_unique<UsearchIndex>(dimensions);

  std::mt19937 random(1);
  std::vector<Vector> queries;
  for (std::size_t i = 0; i < kQueries; ++i) queries.push_back(mixtures.next(random));
  const std::vector<Vector> few(queries.begin(), queries.begin() + 200);
  Truth truth(few);
  const auto before = resident_bytes();
  double add_seconds = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto vector = mixtures.next(random);
    truth.see(std::int64_t(i), vector);
    const auto start = std::chrono::steady_clock::now();
    index->add(std::int64_t(i), vector);
    add_seconds += seconds_since(start);
    if (i % 50000 == 49999) std::fprintf(stderr, "%zu added, %.0f s\n", i + 1, add_seconds);
  }
  const auto grown = resident_bytes() - before;
  ask(*index, few, {});
  const auto answers = ask(*index, queries, {});
  const auto tenth = ask(*index, few, [](std::int64_t id) { return id % 10 == 0; });
  const auto thousandth = ask(*index, few, [](std::int64_t id) { return id % 1000 == 0; });
  std::printf(R"({"index":"%s","vectors":%zu,"dimensions":%zu,"add_s":%.2f,"p50_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f,"processor_p50_ms":%.3f,"processor_p99_ms":%.3f,"recall_at_10":%.5f,)"
              R"("searches_s":%.0f,"tenth_processor_p50_ms":%.3f,"thousandth_processor_p50_ms":%.3f,"index_mb":%.1f,"resident_mb":%.1f})" "\n",
              argv[1], count, dimensions, add_seconds, percentile(answers.ms, 0.5), percentile(answers.ms, 0.99), percentile(answers.ms, 1), percentile(answers.processor_ms, 0.5), percentile(answers.processor_ms, 0.99),
              truth.recall(answers), throughput(*index, queries), percentile(tenth.processor_ms, 0.5), percentile(thousandth.processor_ms, 0.5),
              double(index->memory_bytes()) / 1e6, double(grown) / 1e6);
}
