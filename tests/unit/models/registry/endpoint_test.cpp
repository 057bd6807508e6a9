#include "models/registry/endpoint.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/error.h"

using namespace fragua;
using namespace fragua::models;

namespace {

Endpoint of(const char* name, bool insecure = false, const RegistryConfig& config = {}) {
  return endpoint_of(ModelName::require(name), insecure, config);
}

ErrorCode code_of(const char* name, bool insecure) {
  try {
    of(name, insecure);
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

bool allows(const Endpoint& endpoint, const char* host) {
  const auto& hosts = endpoint.policy.allowed_hosts;
  return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

}  // namespace

TEST_CASE("endpoint: names lead to the registry that Ollama would ask") {
  CHECK(of("llama3").manifest_url() == "https://registry.ollama.ai/v2/library/llama3/manifests/latest");
  CHECK(of("ana/llama3:8b").manifest_url() == "https://registry.ollama.ai/v2/ana/llama3/manifests/8b");
  CHECK(of("hf.co/Ana/Model-GGUF:Q4_K_M").manifest_url() == "https://hf.co/v2/Ana/Model-GGUF/manifests/Q4_K_M");
  CHECK(of("hf.co/Ana/Model-GGUF:Q4_K_M").hub);
  CHECK(of("r.example:5000/a/b:c").uploads_url() == "https://r.example:5000/v2/a/b/blobs/uploads/");
  const auto digest = Digest::of("");
  CHECK(of("llama3").blob_url(digest) == "https://registry.ollama.ai/v2/library/llama3/blobs/" + digest.text());
}

TEST_CASE("endpoint: plain http only for loopback hosts, and only when asked for") {
  CHECK(of("localhost:5000/a/b", true).manifest_url() == "http://localhost:5000/v2/a/b/manifests/latest");
  CHECK(of("http://127.0.0.1:5000/a/b", true).origin.scheme == "http");
  CHECK(of("localhost:5000/a/b").origin.scheme == "https");
  CHECK(code_of("http://localhost:5000/a/b", false) == ErrorCode::invalid_argument);
  CHECK(code_of("registry.example/a/b", true) == ErrorCode::forbidden);
  CHECK(code_of("http://192.168.1.5:5000/a/b", true) == ErrorCode::forbidden);
  CHECK(code_of("127.0.0.1.evil.example/a/b", true) == ErrorCode::forbidden);
}

TEST_CASE("endpoint: private addresses only where the name or the configuration says so") {
  CHECK(of("llama3").policy.allowed_hosts.empty());
  CHECK(!of("llama3").policy.allow_private);
  CHECK(of("localhost:5000/a/b").policy.allowed_hosts.empty());
  CHECK(allows(of("localhost:5000/a/b", true), "localhost:5000"));
  CHECK(!allows(of("localhost:5000/a/b", true), "localhost:5001"));
  RegistryConfig config;
  config.private_hosts = {"10.0.0.5:5000"};
  CHECK(allows(of("10.0.0.5:5000/a/b", false, config), "10.0.0.5:5000"));
  CHECK(of("llama3", false, config).policy.allowed_hosts.empty());
}

TEST_CASE("endpoint: a configured host may be reached over plain http, a mirror stands in for a host") {
  RegistryConfig config;
  config.plain_hosts = {"10.0.0.5:5000"};
  config.mirrors["hf.co"] = "http://127.0.0.1:7000";
  CHECK(of("10.0.0.5:5000/a/b", true, config).policy.allow_plain_http);
  const auto hub = of("HF.co/Ana/Model:Q8_0", false, config);
  CHECK(hub.manifest_url() == "http://127.0.0.1:7000/v2/Ana/Model/manifests/Q8_0");
  CHECK(hub.hub);
  CHECK(allows(hub, "127.0.0.1:7000"));
}
