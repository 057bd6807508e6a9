#include "http/url.h"

#include <curl/curl.h>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::http {

namespace {

std::string part(CURLU* handle, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(handle, which, &text, flags) != CURLUE_OK || !text) return {};
  const std::unique_ptr<char, void (*)(void*)> owned(text, curl_free);
  return owned.get();
}

void set(CURLU* handle, const std::string& text) {
  if (const auto failed = curl_url_set(handle, CURLUPART_URL, text.c_str(), 0))
    throw Error(ErrorCode::invalid_argument, std::string("the address is malformed: ") + curl_url_strerror(failed));
}

}  // namespace

void Url::Free::operator()(Curl_URL* handle) const { curl_url_cleanup(handle); }

Url::Url(Handle handle) : handle_(std::move(handle)) {
  scheme_ = lowercase(part(handle_.get(), CURLUPART_SCHEME));
  host_ = lowercase(part(handle_.get(), CURLUPART_HOST));
  port_ = part(handle_.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (scheme_ != "http" && scheme_ != "https")
    throw Error(ErrorCode::invalid_argument, "only http and https addresses are fetched");
  if (host_.empty()) throw Error(ErrorCode::invalid_argument, "the address names no host");
  if (!part(handle_.get(), CURLUPART_USER).empty() || !part(handle_.get(), CURLUPART_PASSWORD).empty())
    throw Error(ErrorCode::invalid_argument, "an address must not hold a name or password");
}

Url Url::parse(const std::string& text) {
  Handle handle(curl_url());
  set(handle.get(), text);
  return Url(std::move(handle));
}

Url Url::resolve(const std::string& location) const {
  Handle handle(curl_url_dup(handle_.get()));
  set(handle.get(), location);
  return Url(std::move(handle));
}

std::string Url::text() const { return part(handle_.get(), CURLUPART_URL); }

}  // namespace fragua::http
