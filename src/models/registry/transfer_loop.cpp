#include "models/registry/transfer_loop.h"

#include <pthread.h>

namespace fragua::models {

namespace {

void run(asio::io_context& context) {
  pthread_setname_np(pthread_self(), "transfers");
  context.run();
}

}  // namespace

TransferLoop::TransferLoop() : context_(1), thread_(run, std::ref(context_)) {}

TransferLoop::~TransferLoop() {
  context_.stop();
  thread_.join();
}

}  // namespace fragua::models
