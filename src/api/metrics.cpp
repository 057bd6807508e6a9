#include "api/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <sstream>

namespace fragua::api {

namespace {

const prometheus::Histogram::BucketBoundaries kSeconds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300};
const prometheus::Histogram::BucketBoundaries kRates{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter().Name("llama_requests_total").Help("Requests by model and status").Register(registry);
  prometheus::Family<prometheus::Histogram>& durations =
      prometheus::BuildHistogram().Name("llama_request_duration_seconds").Help("From the last header to the last byte").Register(registry);
  prometheus::Gauge& active =
      prometheus::BuildGauge().Name("llama_active_requests").Help("Requests being answered").Register(registry).Add({});
  prometheus::Family<prometheus::Histogram>& first_token =
      prometheus::BuildHistogram().Name("llama_time_to_first_token_seconds").Help("From the request to its first token").Register(registry);
  prometheus::Family<prometheus::Histogram>& rates =
      prometheus::BuildHistogram().Name("llama_tokens_per_second").Help("Answer tokens per second of a request").Register(registry);
  prometheus::Family<prometheus::Counter>& tokens =
      prometheus::BuildCounter().Name("llama_tokens_total").Help("Tokens by model and kind (prompt, cached, answer)").Register(registry);
  prometheus::Family<prometheus::Gauge>& memory =
      prometheus::BuildGauge().Name("llama_engine_resident_bytes").Help("Memory of a model's engine").Register(registry);
  prometheus::Family<prometheus::Gauge>& gpu_memory =
      prometheus::BuildGauge().Name("llama_engine_gpu_bytes").Help("What a model takes of the GPUs' memory").Register(registry);
  prometheus::Family<prometheus::Gauge>& queue =
      prometheus::BuildGauge().Name("llama_engine_requests").Help("Requests in a model's engine by state").Register(registry);

  void show(prometheus::Family<prometheus::Gauge>& family, const prometheus::Labels& labels, double value) {
    auto& gauge = family.Add(labels);
    gauge.Set(value);
    of_engines.emplace_back(&family, &gauge);
  }
  // An engine that is gone is not at what it was at last.
  void forget_engines() {
    for (const auto& [family, gauge] : of_engines) family->Remove(gauge);
    of_engines.clear();
  }
  std::mutex mutex;  // guards of_engines
  std::vector<std::pair<prometheus::Family<prometheus::Gauge>*, prometheus::Gauge*>> of_engines{};
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::enter() { families_->active.Increment(); }

void Metrics::leave(const RequestFigures& figures) {
  auto& families = *families_;
  const prometheus::Labels model{{"model", figures.model}};
  families.active.Decrement();
  families.requests.Add({{"model", figures.model}, {"status", std::to_string(figures.status)}}).Increment();
  families.durations.Add(model, kSeconds).Observe(figures.seconds);
  if (figures.first_token_seconds <= 0) return;
  families.first_token.Add(model, kSeconds).Observe(figures.first_token_seconds);
  const double answering = figures.seconds - figures.first_token_seconds;
  if (answering > 0 && figures.answer_tokens > 1) families.rates.Add(model, kRates).Observe(double(figures.answer_tokens - 1) / answering);
  const auto count = [&](const char* kind, std::uint64_t tokens) {
    families.tokens.Add({{"model", figures.model}, {"kind", kind}}).Increment(double(tokens));
  };
  count("prompt", figures.prompt_tokens);
  count("cached", figures.cached_tokens);
  count("answer", figures.answer_tokens);
}

void Metrics::count_unrouted(int status) {
  families_->requests.Add({{"model", ""}, {"status", std::to_string(status)}}).Increment();
}

std::string Metrics::text(const std::vector<EngineFigures>& engines) {
  auto& families = *families_;
  const std::lock_guard lock(families.mutex);
  families.forget_engines();
  for (const auto& engine : engines) {
    families.show(families.memory, {{"model", engine.model}}, double(engine.resident_bytes));
    families.show(families.gpu_memory, {{"model", engine.model}}, double(engine.gpu_bytes));
    families.show(families.queue, {{"model", engine.model}, {"state", "running"}}, engine.running);
    families.show(families.queue, {{"model", engine.model}, {"state", "waiting"}}, engine.waiting);
  }
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, families.registry.Collect());
  return out.str();
}

}  // namespace fragua::api
