// Metrics: counters and histograms in Prometheus' text format (prometheus-cpp). Callers: guard, native/metrics.
// Threads: any. Labels are the route table's and the store's names only: clients cannot make new ones without end.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fragua::api {

// What one request was.
struct RequestFigures {
  std::string model;
  int status = 0;
  double seconds = 0;
  double first_token_seconds = 0;   // 0: no token was made
  std::uint64_t prompt_tokens = 0;
  std::uint64_t cached_tokens = 0;
  std::uint64_t answer_tokens = 0;
};

struct EngineFigures {
  std::string model;
  std::uint64_t resident_bytes = 0;
  std::uint64_t gpu_bytes = 0;
  std::uint32_t running = 0;
  std::uint32_t waiting = 0;
};

class Metrics {
 public:
  Metrics();
  ~Metrics();
  void enter();                                  // a routed request begins
  void leave(const RequestFigures& figures);     // and has ended
  void count_unrouted(int status);
  // All of it as text, with what the engines are at now.
  std::string text(const std::vector<EngineFigures>& engines);

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace fragua::api
