#include "models/registry/auth.h"

#include <algorithm>

#include "base/json.h"
#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr std::size_t kTokenMaxBytes = 16 * 1024;

RegistryCredential credential_of(const RegistryConfig& config, const Endpoint& endpoint) {
  for (const auto& [host, credential] : config.credentials)
    if (equal_ignoring_case(host, endpoint.host) || equal_ignoring_case(host, endpoint.origin.host_port()))
      return credential;
  return {};
}

bool is_token_text(std::string_view token) {
  return !token.empty() && token.size() <= kTokenMaxBytes &&
         std::all_of(token.begin(), token.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

std::string parameter(const Challenge& challenge, const std::string& name) {
  const auto found = challenge.parameters.find(name);
  return found == challenge.parameters.end() ? "" : found->second;
}

const Challenge* find_scheme(const std::vector<Challenge>& challenges, std::string_view scheme) {
  const auto found =
      std::find_if(challenges.begin(), challenges.end(), [&](const auto& one) { return one.scheme == scheme; });
  return found == challenges.end() ? nullptr : &*found;
}

}  // namespace

Authenticator::Authenticator(const Endpoint& endpoint, const RegistryConfig& config)
    : origin_(endpoint.origin),
      host_(endpoint.host),
      token_realms_(config.token_realms),
      credential_(credential_of(config, endpoint)) {
  if (!credential_.token.empty()) authorization_ = Secret("Bearer " + credential_.token.reveal());
}

Secret Authenticator::authorization_for(std::string_view url) const {
  return origin_of(url) == origin_ ? authorization_ : Secret();
}

Secret Authenticator::basic() const {
  if (credential_.user.empty()) return {};
  return Secret("Basic " + to_base64(credential_.user + ":" + credential_.password.reveal()));
}

bool Authenticator::may_ask(const Origin& realm) const {
  if (realm == origin_) return true;
  return std::any_of(token_realms_.begin(), token_realms_.end(),
                     [&](const auto& allowed) { return origin_of(allowed) == realm; });
}

Result<std::optional<TokenRequest>> Authenticator::answer(std::string_view www_authenticate) {
  const auto challenges = parse_challenges(www_authenticate);
  if (const auto* bearer = find_scheme(challenges, "bearer")) return answer_bearer(*bearer);
  if (find_scheme(challenges, "basic") && !credential_.user.empty()) {
    authorization_ = basic();
    return std::optional<TokenRequest>();
  }
  return failure(ErrorCode::forbidden, host_ + " asks for a log-in: give it one in registry_credentials");
}

Result<std::optional<TokenRequest>> Authenticator::answer_bearer(const Challenge& challenge) const {
  const auto url = parameter(challenge, "realm");
  const auto realm = origin_of(url);
  if (!realm) return failure(ErrorCode::forbidden, host_ + " asks for a token but does not say where to get it");
  if (!may_ask(*realm))
    return failure(ErrorCode::forbidden, host_ + " asks for a token from " + realm->text() +
                                             ", which is not listed in registry_token_hosts");
  TokenRequest request{.url = url.substr(0, url.find('#')), .authorization = basic()};
  const auto service = parameter(challenge, "service");
  if (!service.empty()) request.url = with_query(std::move(request.url), "service", service);
  for (const auto& scope : split(parameter(challenge, "scope"), ' '))
    if (!scope.empty()) request.url = with_query(std::move(request.url), "scope", scope);
  return std::optional(std::move(request));
}

Result<void> Authenticator::accept_token(const std::string& body) {
  const auto bad = failure(ErrorCode::forbidden, host_ + " gave no token that can be used");
  boost::system::error_code error;
  const auto value = json::parse(body, error);
  if (error || !value.is_object()) return bad;
  const auto* member = find_member(value.get_object(), "token");
  if (!member || !member->is_string()) member = find_member(value.get_object(), "access_token");
  if (!member || !member->is_string()) return bad;
  const std::string token(member->get_string().data(), member->get_string().size());
  if (!is_token_text(token)) return bad;
  authorization_ = Secret("Bearer " + token);
  return {};
}

}  // namespace fragua::models
