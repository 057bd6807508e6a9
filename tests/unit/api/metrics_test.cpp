#include "api/metrics.h"

#include <doctest/doctest.h>

using fragua::api::Metrics;

TEST_CASE("metrics: a request is counted by model and status, with its tokens") {
  Metrics metrics;
  metrics.enter();
  CHECK(metrics.text({}).find("llama_active_requests 1") != std::string::npos);
  metrics.leave({"m", 200, 2.0, 0.5, 10, 4, 7});
  const auto text = metrics.text({{"m", 1000, 500, 2, 3}});
  CHECK(text.find("llama_requests_total{model=\"m\",status=\"200\"} 1") != std::string::npos);
  CHECK(text.find("llama_active_requests 0") != std::string::npos);
  CHECK(text.find("llama_tokens_total{kind=\"answer\",model=\"m\"} 7") != std::string::npos);
  CHECK(text.find("llama_engine_resident_bytes{model=\"m\"} 1000") != std::string::npos);
  CHECK(text.find("llama_engine_gpu_bytes{model=\"m\"} 500") != std::string::npos);
  CHECK(text.find("llama_engine_requests{model=\"m\",state=\"waiting\"} 3") != std::string::npos);
}

TEST_CASE("metrics: an engine that is gone is told no more") {
  Metrics metrics;
  CHECK(metrics.text({{"a", 1, 0, 1, 0}, {"b", 2, 0, 0, 0}}).find("model=\"a\"") != std::string::npos);
  const auto text = metrics.text({{"b", 2, 0, 0, 0}});
  CHECK(text.find("model=\"a\"") == std::string::npos);
  CHECK(text.find("llama_engine_resident_bytes{model=\"b\"} 2") != std::string::npos);
}
