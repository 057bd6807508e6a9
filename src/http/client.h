// Client: outbound HTTP through libcurl's multi interface on the loop. The one place that connects out, so the one SSRF
// guard. Callers: models/registry, inference/providers, cli/ (against our own server). Threads: the loop's only. Every
// connection's resolved address is checked against the policy; redirects are followed by us, never with the credential
// of another origin; sizes and times are bounded. Setting the request's `cancelled` flag ends the transfer. Never reads
// proxies, cookies or passwords from the environment.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "http/message.h"
#include "runtime/task.h"

namespace fragua::http {

struct AddressPolicy {
  bool allow_private = false;  // loopback, RFC 1918, link-local, CGNAT, multicast, …
  // "host:port" as in the url (":port" may be left out where it is the scheme's own) that may be private: a configured
  // local registry.
  std::vector<std::string> allowed_hosts;
  bool allow_plain_http = false;  // else https only (loopback hosts in allowed_hosts excepted)
};

struct ClientResponse;

struct ClientRequest {
  ClientRequest() = default;  // no aggregate, as Response (http/message.h)

  Method method = Method::get;
  std::string url;
  Headers headers;
  Secret authorization;  // the header's whole value ("Bearer …"); sent to the url's own origin only
  std::string body;
  // Called once with status and headers of the final answer, before its first piece. false ends the transfer there:
  // send() then returns what came so far, without a body.
  std::function<bool(const ClientResponse&)> on_headers;
  // Called with every piece of the final answer's body, whatever its status; without it the body is collected. Both
  // callbacks may throw: the transfer ends, and send() throws the same. Neither may call the client.
  std::function<void(std::string_view)> on_piece;
  // Streams an upload: fills the buffer, returns the count, 0 at the end. With upload_bytes its length.
  std::function<std::size_t(char*, std::size_t)> upload;
  std::optional<std::uint64_t> upload_bytes;
  std::uint64_t max_answer_bytes = 16ull << 20;  // collected or in pieces, after decoding
  bool accept_compressed = false;                // offer gzip and decode it; else an encoded body comes as it is
  int max_redirects = 5;                         // 0: a redirect is the answer
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds stall_timeout{30'000};  // no byte for so long
  std::chrono::milliseconds total_timeout{0};       // over all redirects; 0: none (downloads); small calls set it
  std::shared_ptr<bool> cancelled;                  // set to true from the loop to stop
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;
  std::string final_url;
  std::string_view header(std::string_view name) const { return find_header(headers, name); }
};

class Client {
 public:
  Client(asio::any_io_executor executor, AddressPolicy policy);
  ~Client();
  // Any status is an answer. Error: unavailable (no connection, says to whom), forbidden (address or scheme not
  // allowed), invalid_argument (no such url), deadline_exceeded, too_large, cancelled (also when the client ends).
  Task<ClientResponse> send(ClientRequest request);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace fragua::http
