// Authenticator: decides what a registry gets to see of a credential. It answers a challenge (Basic, or Bearer by way
// of a token) and says what goes into the Authorization header of a URL: nothing for any origin but the registry's own.
// Callers: session. Threads: the transfer loop's only. It sends nothing itself.
// A token realm on another origin is refused unless the configuration lists it, so no credential and no token request
// ever follows a challenge elsewhere.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/secret.h"
#include "models/registry/challenge.h"
#include "models/registry/endpoint.h"

namespace fragua::models {

struct TokenRequest {
  std::string url;
  Secret authorization;  // for the realm; empty: anonymous
};

class Authenticator {
 public:
  Authenticator(const Endpoint& endpoint, const RegistryConfig& config);

  // The value of the Authorization header; empty for another origin, or when nothing is known.
  Secret authorization_for(std::string_view url) const;

  // After a 401. A request for a token to send; nothing when the next try already carries what was asked for.
  // Error(forbidden): the registry wants what we have not got or will not give.
  Result<std::optional<TokenRequest>> answer(std::string_view www_authenticate);
  // The realm's answer.
  Result<void> accept_token(const std::string& body);

 private:
  Result<std::optional<TokenRequest>> answer_bearer(const Challenge& challenge) const;
  bool may_ask(const Origin& realm) const;
  Secret basic() const;

  Origin origin_;
  std::string host_;
  std::vector<std::string> token_realms_;
  RegistryCredential credential_;
  Secret authorization_;
};

}  // namespace fragua::models
