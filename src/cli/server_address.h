// Where the server is: --host, else FRAGUA_HOST, else OLLAMA_HOST, else 127.0.0.1:11434; written as Ollama's clients
// read it. Callers: cli.cpp, cli/background_server. Threads: any; pure functions.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/environment.h"

namespace fragua::cli {

constexpr std::uint16_t kDefaultPort = 11434;

struct ServerAddress {
  std::string scheme = "http";
  std::string host = "127.0.0.1";
  std::uint16_t port = kDefaultPort;
  std::string path;        // a prefix behind a proxy, without a slash at its end
  bool is_default = true;  // nobody named one
  bool loopback = true;    // this machine: a server can be started here

  std::string url() const;  // "http://127.0.0.1:11434"
};

// "myhost", "myhost:8080", "https://myhost/fragua", "[::1]:3000", ":3000"; an address to listen on everywhere (0.0.0.0,
// ::) means this machine. Error(invalid_argument) says what is wrong.
ServerAddress parse_server_address(std::string_view text);
ServerAddress find_server_address(std::string_view host_flag, const Environment& environment);

}  // namespace fragua::cli
