// Url: an http or https address, read by the same parser that connects (libcurl's), so that what was checked is what is
// reached. Callers: http/client, http/transfer. Threads: any.
// Refuses other schemes, and names and passwords in the url.
#pragma once
#include <memory>
#include <string>
#include <string_view>

struct Curl_URL;

namespace fragua::http {

class Url {
 public:
  // Error(invalid_argument); the message does not repeat the url, which may hold a token.
  static Url parse(const std::string& text);
  // Where a Location header seen at this url leads.
  Url resolve(const std::string& location) const;

  const std::string& scheme() const { return scheme_; }
  const std::string& host() const { return host_; }  // lower case; IPv6 in brackets
  const std::string& port() const { return port_; }
  std::string host_port() const { return host_ + ":" + port_; }
  std::string origin() const { return scheme_ + "://" + host_port(); }
  bool has_default_port() const { return port_ == (scheme_ == "https" ? "443" : "80"); }
  std::string text() const;
  Curl_URL* handle() const { return handle_.get(); }

 private:
  struct Free {
    void operator()(Curl_URL* handle) const;
  };
  using Handle = std::unique_ptr<Curl_URL, Free>;
  explicit Url(Handle handle);

  Handle handle_;
  std::string scheme_, host_, port_;
};

}  // namespace fragua::http
