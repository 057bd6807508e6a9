#include "api/native/engines.h"

#include <boost/asio/as_tuple.hpp>

namespace fragua::api::native {

Task<std::vector<EngineFigures>> engine_figures(Services& services) {
  const auto executor = co_await asio::this_coro::executor;
  std::vector<EngineFigures> engines;
  for (const auto& loaded : services.inference.fleet().loaded()) {
    if (loaded.loading) continue;
    EngineFigures figures;
    figures.model = loaded.name;
    figures.resident_bytes = loaded.resident_bytes;
    figures.gpu_bytes = loaded.gpu_bytes;
    // As a coroutine of its own, whose error is a value.
    auto asked = services.inference.stats(loaded.key);
    const auto [failed, stats] = co_await asio::co_spawn(executor, std::move(asked), asio::as_tuple(asio::use_awaitable));
    if (!failed && stats) figures.running = stats->running, figures.waiting = stats->waiting;
    engines.push_back(std::move(figures));
  }
  co_return engines;
}

}  // namespace fragua::api::native
