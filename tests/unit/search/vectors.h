// Vectors for tests: unit vectors around a few centres, as embeddings of texts about a few subjects are, the same at every run.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "base/error.h"
#include "search/vector_index.h"

namespace fragua::search::tests {

using Vector = std::vector<float>;

inline Vector unit(Vector vector) {
  float squares = 0;
  for (const float value : vector) squares += value * value;
  for (float& value : vector) value /= std::sqrt(squares);
  return vector;
}

inline Vector random_vector(std::mt19937& random, std::size_t dimensions) {
  std::normal_distribution<float> normal;
  Vector vector(dimensions);
  for (float& value : vector) value = normal(random);
  return unit(std::move(vector));
}

// `spread` 0: the centres themselves.
inline std::vector<Vector> around_centres(std::size_t count, std::size_t dimensions, float spread, unsigned seed = 1) {
  std::mt19937 random(seed), of_centres(99);
  std::vector<Vector> centres, vectors;
  for (int i = 0; i < 16; ++i) centres.push_back(random_vector(of_centres, dimensions));
  for (std::size_t i = 0; i < count; ++i) {
    auto vector = centres[i % centres.size()];
    const auto noise = random_vector(random, dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) vector[d] += spread * noise[d];
    vectors.push_back(unit(std::move(vector)));
  }
  return vectors;
}

inline double cosine(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double(a[i]) * double(b[i]);
  return sum;
}

// In doubles, the plain way. Ids are positions.
inline std::vector<Hit> brute_force(const std::vector<Vector>& vectors, const Vector& query, std::size_t k) {
  std::vector<Hit> hits;
  for (std::size_t i = 0; i < vectors.size(); ++i) hits.push_back({std::int64_t(i), cosine(vectors[i], query)});
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
  hits.resize(std::min(k, hits.size()));
  return hits;
}

inline bool holds(const std::vector<Hit>& hits, std::int64_t id) {
  return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.id == id; });
}

// The share of the truly best that were found.
inline double recall(const std::vector<Hit>& found, const std::vector<Hit>& best) {
  const auto count = std::count_if(best.begin(), best.end(), [&](const Hit& hit) { return holds(found, hit.id); });
  return best.empty() ? 1 : double(count) / double(best.size());
}

inline ErrorCode code_of(const auto& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

}  // namespace fragua::search::tests
