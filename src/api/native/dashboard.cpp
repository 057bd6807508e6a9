// /api/v1/dashboard and /api/v1/settings: what the server is at, and how it is set.
#include "api/activity.h"
#include "api/native/account_routes.h"
#include "api/native/engines.h"
#include "base/strings.h"
#include "runtime/gpu.h"
#include "runtime/machine.h"

namespace fragua::api::native {

namespace {

json::array errors_of(const Activity& activity) {
  json::array list;
  for (const auto& seen : activity.recent_errors())
    list.push_back({{"at", rfc3339(seen.time)},
                    {"request_id", seen.request_id},
                    {"path", seen.path},
                    {"status", seen.status},
                    {"model", seen.model},
                    {"message", seen.error}});
  return list;
}

json::value or_null(const std::optional<double>& value) { return value ? json::value(*value) : json::value(nullptr); }

void put_activity(json::object& answer, Activity& activity) {
  const auto figures = activity.figures();
  answer["uptime_s"] = activity.uptime().count();
  answer["requests_total"] = figures.requests;
  answer["errors_total"] = figures.errors;
  answer["tokens_per_second"] = figures.tokens_per_second;
  answer["first_token_ms"] = or_null(figures.first_token_ms);
  answer["cached_token_share"] = or_null(figures.cached_token_share);
  answer["recent_errors"] = errors_of(activity);
}

json::array to_json(const std::vector<GpuSample>& cards) {
  json::array list;
  for (const auto& card : cards)
    list.push_back({{"name", card.name},
                    {"use_percent", card.use_percent},
                    {"temperature_c", card.temperature_c},
                    {"memory_used_bytes", card.memory_used_bytes},
                    {"memory_total_bytes", card.memory_total_bytes}});
  return list;
}

void put_machine(json::object& answer, MachineSample& last) {
  const auto sample = sample_machine();
  answer["cpu_percent"] = cpu_percent(last, sample);
  answer["server_bytes"] = sample.own_bytes;
  answer["memory_total_bytes"] = sample.memory_total_bytes;
  answer["memory_available_bytes"] = sample.memory_available_bytes;
  last = sample;
}

}  // namespace

Task<> settings(Call& call) {
  json::object answer;
  answer["settings"] = call.services.settings();
  co_await call.reply(std::move(answer));
}

Task<> dashboard(Call& call) {
  json::array models;
  std::uint64_t waiting = 0;
  for (const auto& engine : co_await engine_figures(call.services)) {
    waiting += engine.waiting;
    models.push_back({{"name", engine.model}, {"resident_bytes", engine.resident_bytes}, {"running", engine.running}, {"waiting", engine.waiting}});
  }
  json::object answer;
  answer["at"] = rfc3339(call.services.clock.system());
  answer["requests_active"] = call.services.inference.fleet().active_requests();
  answer["requests_waiting"] = waiting;
  answer["models"] = std::move(models);
  answer["gpus"] = to_json(call.services.gpus.sample());
  put_activity(answer, call.services.activity);
  put_machine(answer, call.services.machine);
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::native
