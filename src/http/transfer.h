// Transfer: one request to one url and its answer, without redirects: what Client::send does at each hop.
// Callers: http/client only. Threads: the loop's only; destroying it ends the transfer.
// The address of every connection is checked when it is opened, after names were resolved.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "http/client.h"
#include "http/curl_loop.h"
#include "http/url.h"

namespace fragua::http {

// What one hop adds to the request.
struct Hop {
  Method method = Method::get;
  bool with_body = true;
  bool own_origin = true;     // else credentials stay at home
  bool may_redirect = false;  // then a redirect's body is dropped and on_headers does not hear of it
  SteadyTime until = SteadyTime::max();
};

class Transfer {
 public:
  Transfer(std::shared_ptr<CurlLoop> loop, const AddressPolicy& policy, const ClientRequest& request, const Url& url,
           Hop hop);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // `client_ended` becomes true when the Client goes; wake() then ends the wait.
  Task<ClientResponse> run(const bool& client_ended);
  asio::steady_timer& wake() { return wake_; }
  bool is_redirect() const { return is_redirect_; }

 private:
  struct Callbacks;
  struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  void check_scheme() const;
  void configure();
  void configure_limits();
  void configure_method();
  void add_headers();
  void add_header(const std::string& name, const std::string& value);
  void check_limits(const bool& client_ended) const;
  SteadyTime next_check() const;
  void finish(CURLcode code);
  [[noreturn]] void fail(CURLcode code) const;

  bool take_header(std::string_view line);
  bool end_of_headers();
  bool take_piece(std::string_view bytes);
  std::size_t give_upload(char* to, std::size_t count);
  curl_socket_t open_socket(const curl_sockaddr& address);
  bool is_allowed_host() const;

  std::shared_ptr<CurlLoop> loop_;
  const AddressPolicy& policy_;
  const ClientRequest& request_;
  const Url& url_;
  Hop hop_;
  asio::steady_timer wake_;
  std::unique_ptr<curl_slist, FreeList> headers_;
  std::unique_ptr<CURL, FreeEasy> easy_;
  char reason_[CURL_ERROR_SIZE] = "";
  ClientResponse response_;
  std::optional<CURLcode> result_;
  std::exception_ptr thrown_;  // by a callback of the request
  SteadyTime last_activity_;
  std::size_t header_bytes_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t uploaded_ = 0;
  bool headers_ended_ = false;
  bool is_redirect_ = false;
  bool address_refused_ = false;
  bool ended_by_us_ = false;  // on_headers said so, or a redirect's body was too long to read over
};

}  // namespace fragua::http
