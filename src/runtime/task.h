// Task<T>: a coroutine on the one event loop (Boost.Asio). Callers: everyone above runtime/.
// gcc 12: parameters by value, no capturing coroutine lambdas, never build a capturing lambda inside a co_await
// expression.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace fragua {

namespace asio = boost::asio;

template <class T = void>
using Task = asio::awaitable<T>;

}  // namespace fragua
