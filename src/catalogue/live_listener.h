// LiveListener: says when a live database told on its channel that something changed. Callers: import_service. Threads: one of its own, on which
// `changed` is called; the destructor stops and joins it.
// A connection that is lost is made again after a while. What was told before a connection is not known, so that each begins with a change.
#pragma once
#include <functional>
#include <string>
#include <thread>

#include "base/log.h"
#include "db/postgres/options.h"

namespace fragua::catalogue {

struct LiveChannel {
  std::string catalogue;                  // for the log
  Secret address;
  std::string channel;
};

class LiveListener {
 public:
  LiveListener(LiveChannel channel, std::function<void()> changed, Log& log);

 private:
  void listen(const std::stop_token& stop);
  bool hear(const std::stop_token& stop);

  LiveChannel channel_;
  std::function<void()> changed_;
  Log& log_;
  std::jthread thread_;                   // last: it uses the others
};

}  // namespace fragua::catalogue
