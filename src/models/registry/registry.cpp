#include "models/registry/registry.h"

namespace fragua::models {

Registry::Registry(RegistryServices services, RegistryConfig config)
    : config_(std::move(config)), puller_(services, config_), pusher_(services, config_) {}

Task<> Registry::pull(PullRequest request, ProgressSink sink) {
  const auto executor = co_await asio::this_coro::executor;
  const auto owned = std::make_shared<ProgressSink>(std::move(sink));
  auto posted = posted_to(executor, owned);
  auto task = puller_.pull(std::move(request), std::move(posted));
  co_await asio::co_spawn(loop_.executor(), std::move(task), asio::use_awaitable);
}

Task<> Registry::push(PushRequest request, ProgressSink sink) {
  const auto executor = co_await asio::this_coro::executor;
  const auto owned = std::make_shared<ProgressSink>(std::move(sink));
  auto posted = posted_to(executor, owned);
  auto task = pusher_.push(std::move(request), std::move(posted));
  co_await asio::co_spawn(loop_.executor(), std::move(task), asio::use_awaitable);
}

}  // namespace fragua::models
