// Errors: one code, one sentence for the person, and where it came from. Throw Error to end a request, return Result to
// let the caller choose, CHECK for our own bugs (it aborts).
// Callers: everyone. Threads: any.
// A message never holds a secret or a path of this machine; it says what was wrong and what to do.
#pragma once
#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace fragua {

enum class ErrorCode {
  invalid_argument,   // the request is wrong
  unauthorized,       // who are you
  forbidden,          // you may not
  not_found,          // no such thing, or not yours
  method_not_allowed, // the path exists, the method does not
  conflict,           // exists already, or changed meanwhile
  too_large,          // over a limit on size
  unsupported,        // understood, but not something Fragua can do
  overloaded,         // try again later: queue full, draining
  rate_limited,       // this caller asks too much: try again after retry_after
  cancelled,          // the client went away
  deadline_exceeded,  // took too long
  unavailable,        // a part that is needed is down: engine crashed, registry unreachable
  storage_full,       // the disk is full
  corrupt,            // stored or received data is damaged
  internal,           // our bug
};

std::string_view name_of(ErrorCode code);

class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string message, std::chrono::seconds retry_after = std::chrono::seconds(1))
      : std::runtime_error(std::move(message)), code_(code), retry_after_(retry_after) {}
  ErrorCode code() const { return code_; }
  // When it makes sense to try again, for overloaded and rate_limited.
  std::chrono::seconds retry_after() const { return retry_after_; }

 private:
  ErrorCode code_;
  std::chrono::seconds retry_after_;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error(code, std::move(message)));
}

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace fragua

#define CHECK_THAT(condition) \
  ((condition) ? void(0) : ::fragua::check_failed(#condition, __FILE__, __LINE__))
