#include "http/tls.h"

#include <openssl/err.h>

#include <algorithm>
#include <boost/asio/error.hpp>

#include "base/error.h"
#include "base/log.h"

namespace fragua::http {

namespace {

namespace asio_error = boost::asio::error;

constexpr std::size_t kRecordBytes = 16 * 1024;
constexpr std::chrono::seconds kLookInterval{1};

// What a browser offers first is HTTP/2, which is a proxy's to speak.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered, unsigned int offered_length, void*) {
  static constexpr unsigned char kHttp11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  const int result = SSL_select_next_proto(&found, length, kHttp11, sizeof kHttp11, offered, offered_length);
  *chosen = found;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

[[noreturn]] void refuse(const std::string& what) {
  ERR_clear_error();
  throw Error(ErrorCode::invalid_argument, what);
}

}  // namespace

void TlsSession::explain(int result, boost::system::error_code& failed) {
  switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: failed = asio_error::would_block; break;
    case SSL_ERROR_ZERO_RETURN: failed = asio_error::eof; break;
    default: failed = asio_error::connection_reset; break;
  }
  ERR_clear_error();
}

std::size_t TlsSession::read(char* to, std::size_t max, boost::system::error_code& failed) {
  failed = {};
  const int count = SSL_read(session_.get(), to, int(std::min<std::size_t>(max, 1 << 30)));
  if (count > 0) return std::size_t(count);
  explain(count, failed);
  return 0;
}

std::size_t TlsSession::write(const std::array<std::string_view, 3>& pieces, boost::system::error_code& failed) {
  failed = {};
  std::string record;
  record.reserve(kRecordBytes);
  for (const auto& piece : pieces) record += piece.substr(0, kRecordBytes - record.size());
  if (record.empty()) return 0;
  const int count = SSL_write(session_.get(), record.data(), int(record.size()));
  if (count > 0) return std::size_t(count);
  explain(count, failed);
  return 0;
}

void TlsSession::say_end() {
  SSL_shutdown(session_.get());
  ERR_clear_error();
}

TlsContext::TlsContext(TlsFiles files, Log& log) : files_(std::move(files)), log_(log), context_(load()), loaded_(changed_at()) {}

TlsContext::Context TlsContext::load() const {
  Context context(SSL_CTX_new(TLS_server_method()));
  CHECK_THAT(context != nullptr);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
  // The bytes of an answer may lie elsewhere when its write is tried again.
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
  if (SSL_CTX_use_certificate_chain_file(context.get(), files_.certificate.c_str()) != 1)
    refuse("tls_certificate: " + files_.certificate.filename().string() + " holds no certificate in PEM");
  if (SSL_CTX_use_PrivateKey_file(context.get(), files_.key.c_str(), SSL_FILETYPE_PEM) != 1)
    refuse("tls_key: " + files_.key.filename().string() + " holds no key in PEM, or none of this certificate");
  if (SSL_CTX_check_private_key(context.get()) != 1) refuse("tls_key is not the key of tls_certificate");
  return context;
}

fs::file_time_type TlsContext::changed_at() const {
  std::error_code ignored;
  return std::max(fs::last_write_time(files_.certificate, ignored), fs::last_write_time(files_.key, ignored));
}

void TlsContext::reload_if_changed(SteadyTime now) {
  if (now - looked_at_ < kLookInterval) return;
  looked_at_ = now;
  const auto changed = changed_at();
  if (changed == loaded_) return;
  loaded_ = changed;
  try {
    context_ = load();
    log_.info("tls.reloaded");
  } catch (const Error& error) {
    log_.error("tls.reload_failed", {{"what", error.what()}});
  }
}

std::unique_ptr<TlsSession> TlsContext::accept(int descriptor, SteadyTime now) {
  reload_if_changed(now);
  auto* session = SSL_new(context_.get());
  CHECK_THAT(session != nullptr && SSL_set_fd(session, descriptor) == 1);
  SSL_set_accept_state(session);
  return std::make_unique<TlsSession>(session);
}

}  // namespace fragua::http
