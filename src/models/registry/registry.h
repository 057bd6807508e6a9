// Registry: pull and push as coroutines of the main loop; the work is done on a thread of their own.
// Callers: api/. Threads: called on the main loop; sinks are called there too, all of them before the call comes back.
// Destroyed: running transfers are dropped; what they had downloaded waits for the next pull.
#pragma once
#include "models/registry/puller.h"
#include "models/registry/pusher.h"
#include "models/registry/transfer_loop.h"

namespace fragua::models {

class Registry {
 public:
  Registry(RegistryServices services, RegistryConfig config);

  Task<> pull(PullRequest request, ProgressSink sink);
  Task<> push(PushRequest request, ProgressSink sink);

 private:
  RegistryConfig config_;
  Puller puller_;
  Pusher pusher_;
  TransferLoop loop_;  // last: it ends before what it works with
};

}  // namespace fragua::models
