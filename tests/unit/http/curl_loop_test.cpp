#include "http/curl_loop.h"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <optional>

#include "unit/http/peers.h"

using namespace fragua;
using namespace fragua::http;

namespace {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

Easy transfer_of(const std::string& url) {
  Easy easy(curl_easy_init());
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &drop);
  return easy;
}

}  // namespace

TEST_CASE("curl loop: a transfer runs on the event loop and tells its end once") {
  SeeingServer server;
  asio::io_context loop;
  const auto curl = std::make_shared<CurlLoop>(loop.get_executor());
  const auto easy = transfer_of(server.url("/x"));
  std::vector<CURLcode> ends;
  curl->add(easy.get(), [&ends](CURLcode code) { ends.push_back(code); });
  CHECK(ends.empty());
  loop.run();
  CHECK(ends == std::vector{CURLE_OK});
  curl->remove(easy.get());
  CHECK(server.seen.methods["/x"] == "GET");
}

TEST_CASE("curl loop: a removed transfer ends without a word, and the loop has nothing left to do") {
  StallingServer server;
  asio::io_context loop;
  const auto curl = std::make_shared<CurlLoop>(loop.get_executor());
  const auto easy = transfer_of(server.server.url());
  bool ended = false;
  curl->add(easy.get(), [&ended](CURLcode) { ended = true; });
  for (int i = 0; i < 3; ++i) loop.run_one();
  curl->remove(easy.get());
  curl->remove(easy.get());
  loop.run();
  CHECK_FALSE(ended);
}

TEST_CASE("curl loop: going away with a transfer's callbacks pending is harmless") {
  StallingServer server;
  asio::io_context loop;
  auto curl = std::make_shared<CurlLoop>(loop.get_executor());
  const auto easy = transfer_of(server.server.url());
  curl->add(easy.get(), [](CURLcode) {});
  for (int i = 0; i < 3; ++i) loop.run_one();
  curl->remove(easy.get());
  curl.reset();
  loop.run();
  CHECK(loop.stopped());
}
