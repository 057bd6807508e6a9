#include "app/http_fetcher.h"

#include "base/error.h"

namespace fragua::app {

namespace {

constexpr std::size_t kUrlMaxBytes = 2048;
constexpr std::uint64_t kFileMaxBytes = 64 << 20;
constexpr std::chrono::seconds kStallMax{20};
constexpr std::chrono::minutes kFetchMax{3};

http::AddressPolicy policy_of(std::vector<std::string> allowed_hosts) {
  http::AddressPolicy policy;
  policy.allowed_hosts = std::move(allowed_hosts);
  policy.allow_plain_http = true;
  return policy;
}

http::ClientRequest request_to(std::string url, std::shared_ptr<bool> cancelled) {
  http::ClientRequest request;
  request.url = std::move(url);
  request.headers.emplace_back("Accept", "*/*");
  request.headers.emplace_back("User-Agent", "fragua");
  request.max_answer_bytes = kFileMaxBytes;
  request.accept_compressed = true;
  request.stall_timeout = kStallMax;
  request.total_timeout = kFetchMax;
  request.cancelled = std::move(cancelled);
  return request;
}

}  // namespace

HttpFetcher::HttpFetcher(asio::any_io_executor executor, std::vector<std::string> allowed_hosts)
    : client_(std::move(executor), policy_of(std::move(allowed_hosts))) {}

Task<documents::FetchedFile> HttpFetcher::fetch(std::string url, std::shared_ptr<bool> cancelled) {
  if (url.size() > kUrlMaxBytes) throw Error(ErrorCode::invalid_argument, "an address may have at most 2048 bytes");
  auto request = request_to(std::move(url), std::move(cancelled));
  auto response = co_await client_.send(std::move(request));
  if (response.status < 200 || response.status > 299)
    throw Error(ErrorCode::unavailable, "the address answered with the status " + std::to_string(response.status));
  documents::FetchedFile file;
  file.address = std::move(response.final_url);
  file.bytes = std::move(response.body);
  co_return file;
}

}  // namespace fragua::app
