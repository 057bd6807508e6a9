#include "unit/http/peers.h"

#include <dlfcn.h>
#include <doctest/doctest.h>
#include <netdb.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "base/strings.h"

namespace {

std::mutex names_mutex;  // libcurl looks names up on threads of its own
std::vector<std::string> fake_addresses;
std::size_t fake_lookups = 0;

// What a ".test" name resolves to now; nothing for other names.
std::optional<std::string> fake_address(const char* name) {
  const std::lock_guard lock(names_mutex);
  if (!name || !std::string_view(name).ends_with(".test") || fake_addresses.empty()) return std::nullopt;
  return fake_addresses[std::min(fake_lookups++, fake_addresses.size() - 1)];
}

}  // namespace

// Stands before the C library's in this program, for libcurl too.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** result) {
  using Resolve = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto resolve = reinterpret_cast<Resolve>(dlsym(RTLD_NEXT, "getaddrinfo"));
  const auto fake = fake_address(name);
  return resolve(fake ? fake->c_str() : name, service, hints, result);
}

namespace fragua::http {

FakeNames::FakeNames(std::vector<std::string> addresses) {
  const std::lock_guard lock(names_mutex);
  fake_addresses = std::move(addresses);
  fake_lookups = 0;
}

FakeNames::~FakeNames() {
  const std::lock_guard lock(names_mutex);
  fake_addresses.clear();
}

int FakeNames::lookups() {
  const std::lock_guard lock(names_mutex);
  return int(fake_lookups);
}

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
