#include "cli/api_client.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <optional>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "http/server.h"

using namespace fragua;
using namespace fragua::cli;

namespace {

http::Response response_with(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

std::optional<http::Response> plain_answer(const std::string& path, const std::string& body) {
  if (path == "/echo") return response_with(200, "{\"got\":" + (body.empty() ? "null" : body) + "}");
  if (path == "/size") return response_with(201, "{\"size\":" + std::to_string(body.size()) + "}");
  if (path == "/missing") return response_with(404, R"({"error":"model 'x' not found"})");
  if (path == "/refused") return response_with(413, R"({"error":"too large"})");
  if (path == "/busy") return response_with(503, R"({"error":{"message":"busy"}})");
  if (path == "/page") return response_with(200, "<html>");
  if (path == "/empty" || path == "/health") return response_with(200, "");
  return std::nullopt;
}

// Other paths stream lines; /silent sends one and then nothing until the client is gone.
Task<> handle(http::Exchange& exchange) {
  const std::string path = exchange.request().path;
  const std::string body = co_await exchange.body(1 << 20);
  auto plain = plain_answer(path, body);
  if (plain) {
    co_await exchange.reply(std::move(*plain));
    co_return;
  }
  std::string type = "application/x-ndjson";
  co_await exchange.begin(200, std::move(type));
  std::string first = "{\"n\":1}\n";
  co_await exchange.write(std::move(first));
  if (path == "/silent") {
    asio::steady_timer gone(co_await asio::this_coro::executor, std::chrono::hours(1));
    exchange.on_disconnect([&gone] { gone.cancel(); });
    boost::system::error_code ignored;
    co_await gone.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return;
  }
  std::string rest = path == "/broken" ? "{\"error\":\"the engine stopped\"}\n" : "{\"n\":2}\n{\"n\":3}";
  co_await exchange.write(std::move(rest));
  co_await exchange.end();
}

class Server {
 public:
  Server() : server_(io_.get_executor(), handle, {}, log_), work_(io_.get_executor()) {
    address.port = server_.listen("127.0.0.1:0");
    thread_ = std::thread([this] { io_.run(); });
  }
  ~Server() {
    io_.stop();
    thread_.join();
  }
  ServerAddress address;

 private:
  asio::io_context io_{1};
  Log log_{LogFormat::silent};
  http::Server server_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::thread thread_;
};

template <class Call>
Error error_of_call(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorCode::internal, "no error came");
}

}  // namespace

TEST_CASE("API client: bodies go and come as JSON") {
  Server server;
  ApiClient client(server.address, Secret());
  CHECK(client.get("/echo") == parse_json(R"({"got":null})"));
  CHECK(client.post("/echo", {{"a", 1}}) == parse_json(R"({"got":{"a":1}})"));
  CHECK(client.post("/empty", {}) == parse_json("{}"));
  CHECK_NOTHROW(client.remove("/empty", {{"a", 1}}));
  CHECK(client.exists("/empty"));
  CHECK_FALSE(client.exists("/missing"));
  CHECK(client.find("/echo", {}).has_value());
  CHECK_FALSE(client.find("/missing", {}).has_value());
  CHECK(client.find("/echo").has_value());
  CHECK_FALSE(client.find("/missing").has_value());
  CHECK(client.remove("/empty"));
  CHECK_FALSE(client.remove("/missing"));
  CHECK(client.answers());
}

TEST_CASE("API client: an error carries the server's sentence and the code of its status") {
  Server server;
  ApiClient client(server.address, Secret());
  const auto missing = error_of_call([&] { client.post("/missing", {}); });
  CHECK(missing.code() == ErrorCode::not_found);
  CHECK(std::string(missing.what()) == "model 'x' not found");
  const auto busy = error_of_call([&] { client.stream("/busy", {}, {}); });
  CHECK(busy.code() == ErrorCode::overloaded);
  CHECK(std::string(busy.what()) == "busy");
  CHECK(error_of_call([&] { client.get("/page"); }).code() == ErrorCode::corrupt);
}

TEST_CASE("API client: a stream comes line by line, and its error line is thrown") {
  Server server;
  ApiClient client(server.address, Secret());
  std::vector<std::int64_t> numbers;
  const StreamHandlers handlers{[&](const json::object& line) { numbers.push_back(line.at("n").as_int64()); }, {}};
  client.stream("/lines", {}, handlers);
  CHECK(numbers == std::vector<std::int64_t>{1, 2, 3});
  numbers.clear();
  CHECK(std::string(error_of_call([&] { client.stream("/broken", {}, handlers); }).what()) == "the engine stopped");
  CHECK(numbers == std::vector<std::int64_t>{1});
}

TEST_CASE("API client: a handler that throws ends the call, and the client goes on working") {
  Server server;
  ApiClient client(server.address, Secret());
  const StreamHandlers handlers{[](const json::object&) { throw Error(ErrorCode::corrupt, "mine"); }, {}};
  CHECK(std::string(error_of_call([&] { client.stream("/silent", {}, handlers); }).what()) == "mine");
  CHECK(client.answers());
}

TEST_CASE("API client: Ctrl-C ends the call in hand and nothing else") {
  Server server;
  ApiClient client(server.address, Secret());
  const ApiClient::KeepInterrupts keep(client);
  std::raise(SIGINT);  // between two calls: it is not meant for the next
  const StreamHandlers handlers{[](const json::object&) { std::raise(SIGINT); }, {}};
  CHECK(error_of_call([&] { client.stream("/silent", {}, handlers); }).code() == ErrorCode::cancelled);
  CHECK(client.get("/echo").is_object());
}

TEST_CASE("API client: a file is sent whole, and its progress is heard") {
  Server server;
  ApiClient client(server.address, Secret());
  std::string path = (fs::temp_directory_path() / "fragua-upload-XXXXXX").string();
  ::close(::mkstemp(path.data()));
  write_file_atomically(path, std::string(300'000, 'x'));
  std::uint64_t sent = 0;
  client.upload("/size", path, [&](std::uint64_t count) { sent = count; });
  CHECK(sent == 300'000);
  CHECK(error_of_call([&] { client.upload("/missing", path, [](std::uint64_t) {}); }).code() == ErrorCode::not_found);
  fs::remove(path);
  CHECK(error_of_call([&] { client.upload("/size", path, [](std::uint64_t) {}); }).code() == ErrorCode::not_found);
}

TEST_CASE("API client: a file goes out as a form, and a refusal of it is no exception") {
  Server server;
  ApiClient client(server.address, Secret());
  std::string path = (fs::temp_directory_path() / "fragua-form-XXXXXX").string();
  ::close(::mkstemp(path.data()));
  write_file_atomically(path, std::string(200'000, 'x'));
  const auto plain = client.upload_form("/size", path, "a\".pdf");
  REQUIRE(plain.has_value());
  const auto around = plain->as_object().at("size").as_int64() - 200'000;
  CHECK(around > 100);
  CHECK(client.upload_form("/size", path, "a.pdf")->as_object().at("size").as_int64() == 200'000 + around - 1);  // the quote is a "_"
  CHECK(client.upload_form("/refused", path, "a").error().code() == ErrorCode::too_large);
  CHECK(error_of_call([&] { (void)client.upload_form("/missing", path, "a"); }).code() == ErrorCode::not_found);
  fs::remove(path);
  CHECK(client.upload_form("/size", path, "a").error().code() == ErrorCode::not_found);
}

TEST_CASE("API client: without a server it says how to start one, or what to check") {
  std::uint16_t port = 0;
  {
    Server server;
    port = server.address.port;
  }
  ServerAddress nobody;
  nobody.port = port;
  ApiClient client(nobody, Secret());
  CHECK_FALSE(client.answers());
  const auto error = error_of_call([&] { client.get("/echo"); });
  CHECK(error.code() == ErrorCode::unavailable);
  CHECK(std::string(error.what()) == "no server is running at " + nobody.url() + "; start one with `fragua serve`");
}
