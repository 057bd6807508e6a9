#include "unit/http/peers.h"

#include <doctest/doctest.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.h"
#include "base/strings.h"

namespace fragua::http {

AddressPolicy anywhere() { return {.allow_private = true, .allowed_hosts = {}, .allow_plain_http = true}; }

ClientResponse fetch(ClientRequest request, AddressPolicy policy) {
  asio::io_context loop;
  Client client(loop.get_executor(), std::move(policy));
  std::exception_ptr failed;
  ClientResponse response;
  asio::co_spawn(loop, client.send(std::move(request)), [&](std::exception_ptr error, ClientResponse value) {
    failed = error;
    response = std::move(value);
  });
  loop.run();
  if (failed) std::rethrow_exception(failed);
  return response;
}

ErrorCode failure_of(ClientRequest request, AddressPolicy policy) {
  try {
    const auto response = fetch(std::move(request), std::move(policy));
    FAIL("answered " << response.status);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

ClientRequest get(std::string url) {
  ClientRequest request;
  request.url = std::move(url);
  return request;
}

std::string zeros_in_gzip() {
  return *from_base64("H4sIAAAAAAAC/+3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA");
}

Task<> serve_seeing(Seen& seen, Exchange& exchange) {
  auto& request = exchange.request();
  seen.headers[request.path] = request.headers;
  seen.methods[request.path] = name_of(request.method);
  seen.bodies[request.path] = co_await exchange.body(64 << 20);
  Response response;
  if (request.path.starts_with("/redirect/")) {
    response.status = std::stoi(request.path.substr(10));
    response.headers.emplace_back("Location", request.query.find("to")->second);
    response.body = "a redirect's body is not the answer";
  } else if (request.path == "/range") {
    const std::string whole = "0123456789";
    const auto range = std::string(request.header("Range"));  // bytes=N-
    response.status = range.empty() ? 200 : 206;
    response.body = range.empty() ? whole : whole.substr(std::size_t(std::stoi(range.substr(6))));
    if (!range.empty()) response.headers.emplace_back("Content-Range", "bytes " + range.substr(6) + "9/10");
  } else if (request.path == "/large") {
    response.body.assign(3 << 20, 'x');
  } else if (request.path == "/bomb") {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = zeros_in_gzip();
  } else if (request.path == "/missing") {
    response.status = 404;
    response.body = "no such thing";
  } else {
    response.body = "hello from " + request.path;
  }
  co_await exchange.reply(std::move(response));
}

Task<> serve_stalling(std::promise<void>& left, Exchange& exchange) {
  auto door = std::make_shared<asio::steady_timer>(co_await asio::this_coro::executor, SteadyTime::max());
  std::function<void()> open = [door] { door->cancel(); };
  exchange.on_disconnect(std::move(open));
  co_await exchange.begin(200, "text/plain");
  co_await exchange.write("a little");
  boost::system::error_code ignored;
  co_await door->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  left.set_value();
}

}  // namespace fragua::http
