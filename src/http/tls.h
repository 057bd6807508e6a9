// TlsContext and TlsSession: TLS 1.2 and 1.3 for the server's connections (OpenSSL), over a socket that never blocks. The certificate's files are
// looked at again when a connection comes, so that a renewed one is used without a restart; one that cannot be read leaves the old in use.
// Callers: http/server, http/connection. Threads: the loop's only.
// Never speaks to a client that offers less than TLS 1.2.
#pragma once
#include <openssl/ssl.h>

#include <array>
#include <boost/system/error_code.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/files.h"

namespace fragua {
class Log;
}

namespace fragua::http {

// PEM files. Both empty: no TLS.
struct TlsFiles {
  fs::path certificate;  // with its chain
  fs::path key;
};

class TlsSession {
 public:
  explicit TlsSession(SSL* session) : session_(session) {}
  // As a socket that does not block: 0 with would_block when there is nothing yet, with eof at the end. Shakes hands by itself.
  std::size_t read(char* to, std::size_t max, boost::system::error_code& failed);
  // Of the pieces, in order, what goes in one record; after would_block the next call must bring the same bytes.
  std::size_t write(const std::array<std::string_view, 3>& pieces, boost::system::error_code& failed);
  // Says that nothing more comes, if that can be said at once.
  void say_end();

 private:
  struct Free {
    void operator()(SSL* session) const { SSL_free(session); }
  };
  void explain(int result, boost::system::error_code& failed);
  std::unique_ptr<SSL, Free> session_;
};

class TlsContext {
 public:
  // Error(invalid_argument): a file that is missing, no PEM, or a key of another certificate.
  TlsContext(TlsFiles files, Log& log);
  // For an accepted socket, which it does not own.
  std::unique_ptr<TlsSession> accept(int descriptor, SteadyTime now);

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  using Context = std::unique_ptr<SSL_CTX, Free>;
  Context load() const;
  fs::file_time_type changed_at() const;
  void reload_if_changed(SteadyTime now);

  TlsFiles files_;
  Log& log_;
  Context context_;
  fs::file_time_type loaded_;
  SteadyTime looked_at_{};
};

}  // namespace fragua::http
