// Admission: who calls, whether the route's scope is theirs, and whether they call too often: before a byte of the body is read.
// Callers: api/guard, and the handlers that sign in and out (the cookie). Threads: the loop's only.
// Credentials: `Authorization: Bearer KEY`, `x-api-key: KEY`, HTTP Basic with the key as password, or the session's cookie, which counts
// only for our own pages. Without any: what `anonymous` opens on loopback, else 401.
#pragma once
#include "accounts/rate_limiter.h"
#include "accounts/service.h"
#include "api/call.h"
#include "api/networks.h"

namespace fragua::api {

struct AdmissionOptions {
  std::vector<std::uint16_t> anonymous_ports;    // where callers on this machine need no credentials
  Networks trusted_proxies;                      // whose X-Forwarded-For and -Proto are believed
  accounts::Limits user_limits;                  // of users who have none of their own
  accounts::Limits address_limits;
};

class Admission {
 public:
  Admission(AdmissionOptions options, accounts::Accounts& accounts, db::Store& store, const Clock& clock);

  // Fills call.client, call.identity and call.user. Error(unauthorized, forbidden, rate_limited).
  Task<> admit(Call& call);
  // The tokens that the call took, against its limits.
  Task<> charge(Call& call);

  // Set-Cookie of a session; with an empty token it is taken away.
  std::string session_cookie(http::Request& request, const Secret& token) const;
  accounts::Client client_of(http::Request& request) const;
  // The client speaks TLS, to us or to a trusted proxy before us.
  bool is_secure(const http::Request& request) const;

 private:
  struct Subject {
    std::string name;
    accounts::Limits limits;
  };
  Task<accounts::Identity> identify(http::Request& request, bool loopback);
  std::vector<Subject> subjects_of(const Call& call) const;
  Task<> resume_day(std::string subject);
  bool is_trusted_proxy(const http::Request& request) const;
  std::int64_t today() const;

  AdmissionOptions options_;
  accounts::Accounts& accounts_;
  db::Store& store_;
  const Clock& clock_;
  accounts::RateLimiter limiter_;
};

}  // namespace fragua::api
