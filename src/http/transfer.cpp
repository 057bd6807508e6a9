#include "http/transfer.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>
#include <cstring>

#include "base/error.h"
#include "base/strings.h"
#include "http/address.h"

namespace fragua::http {

namespace {

constexpr std::size_t kHeaderBytesMax = 128 * 1024;
constexpr std::uint64_t kRedirectBodyMax = 64 * 1024;
constexpr long kBufferBytes = 128 * 1024;
constexpr std::chrono::milliseconds kCancelTick{20};
constexpr std::array<std::string_view, 7> kCredentials{
    "authorization", "cookie", "proxy-authorization", "x-api-key", "api-key", "x-goog-api-key", "x-auth-token"};
constexpr std::array<std::string_view, 3> kOurs{"content-length", "transfer-encoding",
                                                "expect"};  // set by what is sent

template <class Names>
bool is_one_of(std::string_view name, const Names& names) {
  return std::any_of(names.begin(), names.end(), [&](auto known) { return equal_ignoring_case(known, name); });
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

bool is_redirect_status(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// The host of a url, as an address if it is one. Brackets are those of IPv6.
bool is_loopback_host(std::string host) {
  if (host == "localhost") return true;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code failed;
  const auto address = asio::ip::make_address(host, failed);
  return !failed && address.is_loopback();
}

asio::ip::address address_of(const sockaddr& from) {
  if (from.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &from, sizeof in);
    return asio::ip::address_v4(ntohl(in.sin_addr.s_addr));
  }
  sockaddr_in6 in{};
  std::memcpy(&in, &from, sizeof in);
  asio::ip::address_v6::bytes_type bytes;
  std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
  return asio::ip::address_v6(bytes);
}

void set(CURL* easy, CURLoption option, auto value) {
  if (const auto failed = curl_easy_setopt(easy, option, value); failed != CURLE_OK)
    throw Error(ErrorCode::internal, std::string("libcurl refuses an option: ") + curl_easy_strerror(failed));
}

}  // namespace

// What libcurl calls. An exception must not pass through it: it is kept, and thrown when the transfer has ended.
struct Transfer::Callbacks {
  template <class Work, class Failed>
  static auto kept(void* data, Failed failed, Work work) {
    auto* transfer = static_cast<Transfer*>(data);
    transfer->last_activity_ = std::chrono::steady_clock::now();
    try {
      return work(*transfer);
    } catch (...) {
      transfer->thrown_ = std::current_exception();
      return failed;
    }
  }
  static std::size_t header(char* bytes, std::size_t, std::size_t count, void* data) {
    return kept(data, std::size_t(0), [&](Transfer& transfer) -> std::size_t {
      return transfer.take_header({bytes, count}) ? count : 0;
    });
  }
  static std::size_t piece(char* bytes, std::size_t, std::size_t count, void* data) {
    // Nothing was taken is an error to libcurl unless nothing was given.
    return kept(data, count + 1, [&](Transfer& transfer) {
      return transfer.take_piece({bytes, count}) ? count : count + 1;
    });
  }
  static std::size_t upload(char* to, std::size_t size, std::size_t count, void* data) {
    return kept(data, std::size_t(CURL_READFUNC_ABORT),
                [&](Transfer& transfer) { return transfer.give_upload(to, size * count); });
  }
  static curl_socket_t open(void* data, curlsocktype, curl_sockaddr* address) {
    return kept(data, curl_socket_t(CURL_SOCKET_BAD),
                [&](Transfer& transfer) { return transfer.open_socket(*address); });
  }
  static int progress(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t uploaded) {
    auto* transfer = static_cast<Transfer*>(data);
    if (std::uint64_t(uploaded) > transfer->uploaded_) transfer->last_activity_ = std::chrono::steady_clock::now();
    transfer->uploaded_ = std::max(transfer->uploaded_, std::uint64_t(uploaded));
    return 0;
  }
};

Transfer::Transfer(std::shared_ptr<CurlLoop> loop, const AddressPolicy& policy, const ClientRequest& request,
                   const Url& url, Hop hop)
    : loop_(std::move(loop)),
      policy_(policy),
      request_(request),
      url_(url),
      hop_(hop),
      wake_(loop_->executor()),
      easy_(curl_easy_init()),
      last_activity_(std::chrono::steady_clock::now()) {
  CHECK_THAT(easy_);
}

Transfer::~Transfer() { loop_->remove(easy_.get()); }

bool Transfer::is_allowed_host() const {
  return std::any_of(policy_.allowed_hosts.begin(), policy_.allowed_hosts.end(), [&](const auto& allowed) {
    return equal_ignoring_case(allowed, url_.host_port()) ||
           (url_.has_default_port() && equal_ignoring_case(allowed, url_.host()));
  });
}

void Transfer::check_scheme() const {
  if (url_.scheme() == "https" || policy_.allow_plain_http) return;
  if (is_allowed_host() && is_loopback_host(url_.host())) return;
  throw Error(ErrorCode::forbidden, "plain http to " + url_.host() + " is not allowed: use https");
}

curl_socket_t Transfer::open_socket(const curl_sockaddr& address) {
  const bool inside =
      (address.family != AF_INET && address.family != AF_INET6) || !is_public_address(address_of(address.addr));
  if (inside && !policy_.allow_private && !is_allowed_host()) {
    address_refused_ = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
}

void Transfer::configure() {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_CURLU, url_.handle());
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_QUICK_EXIT, 1L);  // ending it never waits for the system's resolver
  set(easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_ERRORBUFFER, &reason_[0]);
  set(easy, CURLOPT_HEADERFUNCTION, &Callbacks::header);
  set(easy, CURLOPT_HEADERDATA, this);
  set(easy, CURLOPT_WRITEFUNCTION, &Callbacks::piece);
  set(easy, CURLOPT_WRITEDATA, this);
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &Callbacks::open);
  set(easy, CURLOPT_OPENSOCKETDATA, this);
  configure_limits();
  configure_method();
  add_headers();
}

void Transfer::configure_limits() {
  CURL* const easy = easy_.get();
  set(easy, CURLOPT_BUFFERSIZE, kBufferBytes);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, long(request_.connect_timeout.count()));
  set(easy, CURLOPT_XFERINFOFUNCTION, &Callbacks::progress);
  set(easy, CURLOPT_XFERINFODATA, this);
  set(easy, CURLOPT_NOPROGRESS, 0L);
  if (request_.accept_compressed) set(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
}

void Transfer::configure_method() {
  CURL* const easy = easy_.get();
  const std::string method(name_of(hop_.method));
  if (hop_.with_body && request_.upload) {
    set(easy, CURLOPT_UPLOAD, 1L);
    set(easy, CURLOPT_READFUNCTION, &Callbacks::upload);
    set(easy, CURLOPT_READDATA, this);
    set(easy, CURLOPT_INFILESIZE_LARGE, request_.upload_bytes ? curl_off_t(*request_.upload_bytes) : curl_off_t(-1));
  } else if (hop_.with_body && (!request_.body.empty() || hop_.method == Method::post || hop_.method == Method::put ||
                                hop_.method == Method::patch)) {
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request_.body.size()));
    set(easy, CURLOPT_POSTFIELDS, request_.body.data());
  } else if (hop_.method == Method::head) {
    set(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  set(easy, CURLOPT_CUSTOMREQUEST, method.c_str());
}

void Transfer::add_header(const std::string& name, const std::string& value) {
  if (name.empty() || has_line_break(name) || has_line_break(value) || name.find(':') != std::string::npos)
    throw Error(ErrorCode::invalid_argument, "a header to be sent is malformed");
  // libcurl sends a header without value only if it is written with a semicolon.
  const auto line = value.empty() ? name + ";" : name + ": " + value;
  auto* const longer = curl_slist_append(headers_.get(), line.c_str());
  CHECK_THAT(longer);
  headers_.release();
  headers_.reset(longer);
}

void Transfer::add_headers() {
  for (const auto& [name, value] : request_.headers) {
    if (is_one_of(name, kOurs) || (!hop_.own_origin && is_one_of(name, kCredentials))) continue;
    add_header(name, value);
  }
  if (!request_.authorization.empty() && hop_.own_origin) add_header("Authorization", request_.authorization.reveal());
  if (find_header(request_.headers, "User-Agent").empty()) add_header("User-Agent", "fragua/" FRAGUA_VERSION);
  // A name and a colon alone take out what libcurl adds by itself.
  const auto without = [&](const char* line) { headers_.reset(curl_slist_append(headers_.release(), line)); };
  without("Expect:");
  if (find_header(request_.headers, "Content-Type").empty()) without("Content-Type:");
  set(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
}

Task<ClientResponse> Transfer::run(const bool& client_ended) {
  check_scheme();
  configure();
  loop_->add(easy_.get(), [this](CURLcode code) {
    result_ = code;
    wake_.cancel();
  });
  while (!result_) {
    check_limits(client_ended);
    wake_.expires_at(next_check());
    boost::system::error_code ignored;
    co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  check_limits(client_ended);
  finish(*result_);
  co_return std::move(response_);
}

SteadyTime Transfer::next_check() const {
  auto next = std::min(hop_.until, last_activity_ + request_.stall_timeout);
  if (request_.cancelled) next = std::min(next, std::chrono::steady_clock::now() + kCancelTick);
  return next;
}

void Transfer::check_limits(const bool& client_ended) const {
  if (client_ended || (request_.cancelled && *request_.cancelled))
    throw Error(ErrorCode::cancelled, "the transfer with " + url_.host() + " was cancelled");
  if (result_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now >= hop_.until) throw Error(ErrorCode::deadline_exceeded, url_.host() + " took too long to answer");
  if (now >= last_activity_ + request_.stall_timeout)
    throw Error(ErrorCode::deadline_exceeded, url_.host() + " stopped sending");
}

void Transfer::finish(CURLcode code) {
  if (thrown_) std::rethrow_exception(thrown_);
  if (code != CURLE_OK && !ended_by_us_) fail(code);
  response_.final_url = url_.text();
}

void Transfer::fail(CURLcode code) const {
  const auto& host = url_.host();
  if (address_refused_)
    throw Error(ErrorCode::forbidden, host + " leads to a private address, which this server does not fetch");
  const std::string reason = reason_[0] ? reason_ : curl_easy_strerror(code);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      throw Error(ErrorCode::unavailable, "there is no host " + host + " (or no network)");
    case CURLE_OPERATION_TIMEDOUT:
      throw Error(ErrorCode::deadline_exceeded, host + " took too long to connect");
    case CURLE_PEER_FAILED_VERIFICATION:
      throw Error(ErrorCode::unavailable, "the certificate of " + host + " is not trusted: " + reason);
    case CURLE_COULDNT_CONNECT:
      throw Error(ErrorCode::unavailable, "cannot connect to " + url_.host_port() + ": " + curl_easy_strerror(code));
    default:
      throw Error(ErrorCode::unavailable, "the connection to " + url_.host_port() + " failed: " + reason);
  }
}

bool Transfer::take_header(std::string_view line) {
  if (headers_ended_) return true;  // a trailer
  header_bytes_ += line.size();
  if (header_bytes_ > kHeaderBytesMax) throw Error(ErrorCode::too_large, url_.host() + " sends too many headers");
  line = trimmed(line);
  if (line.empty()) return end_of_headers();
  if (line.starts_with("HTTP/")) {
    response_.headers.clear();
    const auto space = line.find(' ');
    response_.status = space == std::string_view::npos ? 0 : std::atoi(std::string(line.substr(space + 1, 3)).c_str());
    return true;
  }
  const auto colon = line.find(':');
  if (colon != std::string_view::npos)
    response_.headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
  return true;
}

bool Transfer::end_of_headers() {
  if (response_.status / 100 == 1) return true;  // an interim answer: the next follows
  headers_ended_ = true;
  is_redirect_ = hop_.may_redirect && is_redirect_status(response_.status) && !response_.header("Location").empty();
  if (is_redirect_ || !request_.on_headers) return true;
  response_.final_url = url_.text();
  ended_by_us_ = !request_.on_headers(response_);
  return !ended_by_us_;
}

bool Transfer::take_piece(std::string_view bytes) {
  received_ += bytes.size();
  if (is_redirect_) {
    ended_by_us_ = received_ > kRedirectBodyMax;
    return !ended_by_us_;
  }
  if (received_ > request_.max_answer_bytes)
    throw Error(ErrorCode::too_large, "the answer of " + url_.host() + " is larger than " +
                                          std::to_string(request_.max_answer_bytes) + " bytes");
  if (request_.on_piece) {
    request_.on_piece(bytes);
  } else {
    response_.body.append(bytes);
  }
  return true;
}

std::size_t Transfer::give_upload(char* to, std::size_t count) {
  const auto given = request_.upload(to, count);
  uploaded_ += given;
  if (given == 0 && uploaded_ < request_.upload_bytes.value_or(0))
    throw Error(ErrorCode::unavailable, "the upload ended before its declared length");
  return given;
}

}  // namespace fragua::http
