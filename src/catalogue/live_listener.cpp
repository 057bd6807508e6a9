#include "catalogue/live_listener.h"

#include <condition_variable>
#include <mutex>

#include "base/error.h"
#include "db/postgres/listener.h"

namespace fragua::catalogue {

namespace {

constexpr std::chrono::seconds kReconnect{10};

// Waits; false when the stop was asked.
bool rest(const std::stop_token& stop, std::chrono::seconds time) {
  std::mutex mutex;
  std::condition_variable_any bell;
  std::unique_lock lock(mutex);
  bell.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

LiveListener::LiveListener(LiveChannel channel, std::function<void()> changed, Log& log)
    : channel_(std::move(channel)), changed_(std::move(changed)), log_(log), thread_([this](const std::stop_token& stop) { listen(stop); }) {}

void LiveListener::listen(const std::stop_token& stop) {
  while (hear(stop) && rest(stop, kReconnect)) {
  }
}

// Until the connection is lost; false when the stop was asked.
bool LiveListener::hear(const std::stop_token& stop) {
  try {
    db::PostgresOptions options;
    options.address = channel_.address;
    options.stop = stop;
    db::PostgresListener listener(options, channel_.channel);
    log_.info("catalogue.listening", {{"catalogue", channel_.catalogue}, {"channel", channel_.channel}});
    changed_();
    while (true) {
      listener.wait();
      changed_();
    }
  } catch (const std::exception& error) {
    if (stop.stop_requested()) return false;
    log_.warn("catalogue.does_not_listen", {{"catalogue", channel_.catalogue}, {"why", error.what()}});
  }
  return true;
}

}  // namespace fragua::catalogue
