#include "http/tls.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/log.h"
#include "support/temporary_folder.h"

using namespace fragua;

// What it does with real clients is in tests/api/test_tls.py.
TEST_CASE("tls: files that are missing or no certificate are named, without their folder") {
  tests::TemporaryFolder folder;
  Log log(LogFormat::silent);
  write_file_atomically(folder.path() / "chain.pem", "not a certificate");
  for (const auto* name : {"chain.pem", "missing.pem"}) {
    try {
      http::TlsContext({folder.path() / name, folder.path() / "key.pem"}, log);
      FAIL("it was taken");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::invalid_argument);
      CHECK(std::string(error.what()).find(name) != std::string::npos);
      CHECK(std::string(error.what()).find(folder.path().string()) == std::string::npos);
    }
  }
}
