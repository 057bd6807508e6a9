// What the tests of http/client and http/transfer share: a server that remembers what it saw, one that stalls, and a
// request run to its end. Callers: tests/unit/http. Threads: `seen` is read between requests only.
#pragma once
#include <future>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "http/client.h"
#include "unit/http/wire.h"

namespace fragua::http {

AddressPolicy anywhere();
// Runs a request to its end on a loop of its own.
ClientResponse fetch(ClientRequest request, AddressPolicy policy = anywhere());
// The code of the Error that it must end with.
ErrorCode failure_of(ClientRequest request, AddressPolicy policy = anywhere());
ClientRequest get(std::string url);
std::string zeros_in_gzip();  // 16 KiB of them

// While it lives, names that end in ".test" resolve to these addresses, the next one at each look-up (the last for
// ever): what a rebinding name server does. Other names resolve as ever.
class FakeNames {
 public:
  explicit FakeNames(std::vector<std::string> addresses);
  ~FakeNames();
  static int lookups();
};

// What the test server saw of each request, by path.
struct Seen {
  std::map<std::string, Headers> headers;
  std::map<std::string, std::string> bodies;
  std::map<std::string, std::string> methods;
};

// /redirect/STATUS?to=URL redirects, /large is 3 MiB, /range serves ranges, /bomb is gzip, /missing is 404; the others
// say hello.
Task<> serve_seeing(Seen& seen, Exchange& exchange);

struct SeeingServer {
  Seen seen;
  Handler handler = [this](Exchange& exchange) { return serve_seeing(seen, exchange); };
  TestServer server{handler};
  std::string url(std::string_view path) const { return server.url(path); }
};

// Sends a little and then nothing, until the client leaves.
Task<> serve_stalling(std::promise<void>& left, Exchange& exchange);

struct StallingServer {
  std::promise<void> left;
  Handler handler = [this](Exchange& exchange) { return serve_stalling(left, exchange); };
  TestServer server{handler};
};

}  // namespace fragua::http
