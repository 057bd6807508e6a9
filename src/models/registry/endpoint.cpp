#include "models/registry/endpoint.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::models {

namespace {

bool lists(const std::vector<std::string>& hosts, const std::string& host, const Origin& origin) {
  return std::any_of(hosts.begin(), hosts.end(), [&](const auto& entry) {
    return equal_ignoring_case(entry, host) || equal_ignoring_case(entry, origin.host_port());
  });
}

Origin require_origin(const std::string& text, const std::string& host) {
  auto origin = origin_of(text);
  if (!origin) throw Error(ErrorCode::invalid_argument, "\"" + host + "\" is no address of a registry");
  return *std::move(origin);
}

const std::string* mirror_of(const RegistryConfig& config, const std::string& host) {
  for (const auto& [name, mirror] : config.mirrors)
    if (equal_ignoring_case(name, host)) return &mirror;
  return nullptr;
}

Origin named_origin(const ModelName& name, bool insecure, const RegistryConfig& config) {
  if (name.scheme == "http" && !insecure) throw Error(ErrorCode::invalid_argument, "insecure protocol http");
  const auto origin = require_origin((insecure ? "http://" : name.scheme + "://") + name.host, name.host);
  if (origin.scheme == "http" && !is_loopback(origin) && !lists(config.plain_hosts, name.host, origin))
    throw Error(
        ErrorCode::forbidden,
        name.host + " may not be reached over plain http: leave `insecure` out, or list it in insecure_registries");
  return origin;
}

}  // namespace

std::string Endpoint::manifest_url() const { return origin.text() + "/v2/" + repository + "/manifests/" + reference; }

std::string Endpoint::blob_url(const Digest& digest) const {
  return origin.text() + "/v2/" + repository + "/blobs/" + digest.text();
}

std::string Endpoint::uploads_url() const { return origin.text() + "/v2/" + repository + "/blobs/uploads/"; }

Endpoint endpoint_of(const ModelName& name, bool insecure, const RegistryConfig& config) {
  Endpoint endpoint;
  const auto* mirror = mirror_of(config, name.host);
  endpoint.origin = mirror ? require_origin(*mirror, *mirror) : named_origin(name, insecure, config);
  endpoint.host = name.host;
  endpoint.repository = name.namespace_ + "/" + name.model;
  endpoint.reference = name.tag;
  endpoint.hub = name.is_hub();
  const bool local = is_loopback(endpoint.origin) && (insecure || mirror);
  if (local || lists(config.private_hosts, name.host, endpoint.origin)) {
    endpoint.policy.allowed_hosts = config.private_hosts;
    endpoint.policy.allowed_hosts.push_back(endpoint.origin.host_port());
  }
  endpoint.policy.allow_plain_http = endpoint.origin.scheme == "http";
  return endpoint;
}

}  // namespace fragua::models
