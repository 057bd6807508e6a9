// RegistryConfig: which registries may be spoken to and how, and the limits of a transfer.
// Callers: app/ fills it from the configuration; models/registry reads it. Threads: any; a plain value.
// Without configuration only public addresses over https are reached, and loopback hosts named with insecure=true.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/secret.h"

namespace fragua::models {

struct RegistryCredential {
  std::string user;  // with password: Basic, or to fetch a Bearer token
  Secret password;
  Secret token;  // sent as it is: "Bearer <token>" (hf.co)
};

struct TransferLimits {
  std::uint64_t part_min_bytes = 100'000'000;  // a download's part: size/16, within these two
  std::uint64_t part_max_bytes = 1'000'000'000;
  std::uint64_t chunk_min_bytes = 100'000'000;  // an upload's chunk: size/16, within these two
  std::uint64_t chunk_max_bytes = 1'000'000'000;
  std::uint64_t record_every_bytes = 4u << 20;  // how much of a part a killed process may lose
  std::uint64_t answer_max_bytes = 1u << 20;    // tokens, errors, upload answers
  int parts_at_once = 4;                        // of one blob
  int attempts_max = 6;                         // in a row without progress
  std::chrono::milliseconds retry_delay{1000};  // doubles with every attempt
  std::chrono::milliseconds retry_delay_max{30'000};
  std::chrono::milliseconds tick{50};  // how often progress is told and a cancel is noticed
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds stall_timeout{30'000};  // no byte for so long: the attempt is over
  std::chrono::milliseconds call_timeout{60'000};   // manifests, tokens, upload answers
};

struct RegistryConfig {
  std::map<std::string, RegistryCredential> credentials;  // by "host" or "host:port", as in model names
  std::vector<std::string> plain_hosts;                   // "host[:port]" that insecure=true may reach over plain http
  std::vector<std::string> private_hosts;                 // "host:port" that may lie at private addresses
  std::vector<std::string> token_realms;       // "https://host[:port]" that may be asked for tokens for other hosts
  std::map<std::string, std::string> mirrors;  // "host" -> "https://host[:port]" that is asked in its place
  TransferLimits limits;
};

}  // namespace fragua::models
