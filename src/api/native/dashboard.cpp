// /api/v1/dashboard and /api/v1/settings: what the server is at, and how it is set.
#include "api/activity.h"
#include "api/native/dashboard_history.h"
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

// What the plots show.
Task<json::object> point_of(Services& services, MachineSample& last) {
  json::array models;
  std::uint64_t waiting = 0;
  for (const auto& engine : co_await engine_figures(services)) {
    waiting += engine.waiting;
    models.push_back({{"name", engine.model},
                      {"resident_bytes", engine.resident_bytes},
                      {"gpu_bytes", engine.gpu_bytes},
                      {"running", engine.running},
                      {"waiting", engine.waiting}});
  }
  json::object point;
  point["at"] = rfc3339(services.clock.system());
  point["requests_active"] = services.inference.fleet().active_requests();
  point["requests_waiting"] = waiting;
  point["models"] = std::move(models);
  point["gpus"] = to_json(services.gpus.sample());
  put_activity(point, services.activity);
  put_machine(point, last);
  co_return point;
}

}  // namespace

void DashboardHistory::add(json::object point) {
  points_.push_back(std::move(point));
  if (points_.size() > kDashboardPoints) points_.pop_front();
}

Task<> sample_dashboard(Services& services, MachineSample& last) {
  auto point = co_await point_of(services, last);
  services.dashboard_history.add(std::move(point));
}

Task<> settings(Call& call) {
  json::object answer;
  answer["settings"] = call.services.settings();
  co_await call.reply(std::move(answer));
}

Task<> dashboard(Call& call) {
  auto answer = co_await point_of(call.services, call.services.machine);
  answer["recent_errors"] = errors_of(call.services.activity);
  co_await call.reply(std::move(answer));
}

Task<> dashboard_history(Call& call) {
  json::array points;
  for (const auto& point : call.services.dashboard_history.points()) points.push_back(point);
  json::object answer;
  answer["interval_s"] = kDashboardInterval.count();
  answer["points"] = std::move(points);
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::native
