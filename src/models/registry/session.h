// RegistrySession: one registry, spoken to with its credential, its challenges answered and its failures put in words.
// Callers: puller, pusher, blob_download, blob_upload. Threads: the transfer loop's only; `stop` ends what it sends.
// Never sends a credential to another origin, never shows a URL's query or a header in an error or a log.
#pragma once
#include <memory>
#include <string>

#include "base/error.h"
#include "base/log.h"
#include "http/client.h"
#include "models/registry/auth.h"
#include "models/registry/endpoint.h"
#include "runtime/task.h"

namespace fragua::models {

class RegistrySession {
 public:
  // `auth` may be shared by the sessions of one pull, so that a token is fetched once.
  RegistrySession(asio::any_io_executor executor, Endpoint endpoint, std::shared_ptr<Authenticator> auth,
                  TransferLimits limits, std::shared_ptr<bool> stop);

  const Endpoint& endpoint() const { return endpoint_; }
  const std::shared_ptr<Authenticator>& auth() const { return auth_; }
  const TransferLimits& limits() const { return limits_; }
  bool stopped() const { return *stop_; }

  // Any status but an answered 401 comes back as it is. The failure is one of the connection, or of the log-in.
  // A request with `upload` is not sent again after a 401: the caller rewinds and does that.
  Task<Result<http::ClientResponse>> send(http::ClientRequest request);
  // The same for manifests and the like: a limit on the whole time, tried again while that may help.
  Task<Result<http::ClientResponse>> call(http::ClientRequest request);
  // Waits before attempt `failures` + 1; ends early when stopped.
  Task<> back_off(int failures);

 private:
  Task<Result<http::ClientResponse>> send_once(http::ClientRequest request);
  Task<Result<void>> fetch_token(TokenRequest token);

  asio::any_io_executor executor_;
  Endpoint endpoint_;
  std::shared_ptr<Authenticator> auth_;
  TransferLimits limits_;
  std::shared_ptr<bool> stop_;
  http::Client client_;
};

// Whether the same request may go better a little later.
bool is_transient(const Error& error);
bool is_transient_status(int status);
// The failure that an answer means: "pull model manifest: file does not exist" for 404, else status and the registry's
// own words, shortened and without control characters.
Error error_of(const std::string& action, const http::ClientResponse& response);

}  // namespace fragua::models
