// HttpFetcher: the documents' Fetcher over HTTP, through the one guarded client. Callers: app/server. Threads: the loop's only.
// Reaches the public internet and the hosts that the setting `fetch_hosts` names; sizes and times are bounded.
#pragma once
#include "documents/fetcher.h"
#include "http/client.h"

namespace fragua::app {

class HttpFetcher final : public documents::Fetcher {
 public:
  HttpFetcher(asio::any_io_executor executor, std::vector<std::string> allowed_hosts);
  Task<documents::FetchedFile> fetch(std::string url, std::shared_ptr<bool> cancelled) override;

 private:
  http::Client client_;
};

}  // namespace fragua::app
