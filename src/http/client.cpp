#include "http/client.h"

#include <boost/asio/steady_timer.hpp>
#include <set>

#include "base/clock.h"
#include "base/error.h"
#include "http/transfer.h"

namespace fragua::http {

struct Client::State {
  State(asio::any_io_executor executor, AddressPolicy given)
      : policy(std::move(given)), loop(std::make_shared<CurlLoop>(executor)) {}

  AddressPolicy policy;
  std::shared_ptr<CurlLoop> loop;
  bool ended = false;
  std::set<asio::steady_timer*> waiting;

  // One hop; while it waits, the client's end can wake it.
  static Task<ClientResponse> hop(std::shared_ptr<State> self, Transfer& transfer);
  static Task<ClientResponse> send(std::shared_ptr<State> self, ClientRequest request);
};

namespace {

// What the next hop asks, as browsers do it: 303 always becomes GET, 301 and 302 turn a POST into one.
void follow(Hop& hop, int status) {
  const bool becomes_get =
      (status == 303 && hop.method != Method::head) || ((status == 301 || status == 302) && hop.method == Method::post);
  if (!becomes_get) return;
  hop.method = Method::get;
  hop.with_body = false;
}

SteadyTime end_of(const ClientRequest& request) {
  if (request.total_timeout <= std::chrono::milliseconds(0)) return SteadyTime::max();
  return std::chrono::steady_clock::now() + request.total_timeout;
}

}  // namespace

Client::Client(asio::any_io_executor executor, AddressPolicy policy)
    : state_(std::make_shared<State>(executor, std::move(policy))) {}

Client::~Client() {
  state_->ended = true;
  for (auto* timer : state_->waiting) timer->cancel();
}

Task<ClientResponse> Client::State::hop(std::shared_ptr<State> self, Transfer& transfer) {
  struct Listed {
    State& state;
    asio::steady_timer* timer;
    ~Listed() { state.waiting.erase(timer); }
  } listed{*self, &transfer.wake()};
  self->waiting.insert(listed.timer);
  co_return co_await transfer.run(self->ended);
}

Task<ClientResponse> Client::State::send(std::shared_ptr<State> self, ClientRequest request) {
  auto url = Url::parse(request.url);
  const auto origin = url.origin();
  Hop hop;
  hop.method = request.method;
  hop.until = end_of(request);
  for (int redirects = 0;; ++redirects) {
    hop.may_redirect = request.max_redirects > 0;
    hop.own_origin = hop.own_origin && url.origin() == origin;
    std::string location;
    {
      Transfer transfer(self->loop, self->policy, request, url, hop);
      auto response = co_await State::hop(self, transfer);
      if (!transfer.is_redirect()) co_return response;
      follow(hop, response.status);
      location = response.header("Location");
    }
    if (redirects >= request.max_redirects)
      throw Error(ErrorCode::unavailable, url.host() + " redirects too many times");
    if (hop.with_body && request.upload)
      throw Error(ErrorCode::unavailable, url.host() + " sends an upload elsewhere after it began");
    url = url.resolve(location);
  }
}

Task<ClientResponse> Client::send(ClientRequest request) { return State::send(state_, std::move(request)); }

}  // namespace fragua::http
