// run_task: runs one coroutine on a loop of its own to its end and gives what it returned or threw. Callers: unit tests.
#pragma once
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>

#include "runtime/task.h"

namespace fragua::tests {

template <class T>
T run_task(Task<T> task) {
  asio::io_context loop;
  std::exception_ptr failed;
  if constexpr (std::is_void_v<T>) {
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error) { failed = error; });
    loop.run();
    if (failed) std::rethrow_exception(failed);
  } else {
    std::optional<T> result;
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error, T value) {
      failed = error;
      result = std::move(value);
    });
    loop.run();
    if (failed) std::rethrow_exception(failed);
    return std::move(*result);
  }
}

}  // namespace fragua::tests
