// Endpoint: where a model name's registry is asked, and what addresses may be reached on the way.
// Callers: puller, pusher. Threads: any; a plain value.
// Plain http and private addresses need both the caller's `insecure` and a loopback host or the configuration's word.
#pragma once
#include <string>

#include "http/client.h"
#include "models/digest.h"
#include "models/name.h"
#include "models/registry/config.h"
#include "models/registry/origin.h"

namespace fragua::models {

struct Endpoint {
  Origin origin;
  std::string host;        // as the name has it: for credentials and messages
  std::string repository;  // "library/llama3"
  std::string reference;   // the tag
  http::AddressPolicy policy;
  bool hub = false;  // hf.co

  std::string manifest_url() const;
  std::string blob_url(const Digest& digest) const;
  std::string uploads_url() const;
};

// Error(invalid_argument, "insecure protocol http") as Ollama says it; Error(forbidden) for a host that may not be
// reached.
Endpoint endpoint_of(const ModelName& name, bool insecure, const RegistryConfig& config);

}  // namespace fragua::models
