// FakeRegistry: a small registry in the test's own process, with the faults that a test asks for, and a note of every
// request it saw. RegistryFixture: it, a store, and the Registry under test. Callers: tests/unit/models/registry.
// Threads: the server runs on the test's loop, transfers on their own thread.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "http/server.h"
#include "models/registry/registry.h"
#include "unit/models/fixtures.h"

namespace fragua::models {

struct SeenRequest {
  std::string method;
  std::string path;
  std::string target;
  std::string authorization;
  std::string range;
  std::size_t body_bytes = 0;
};

class FakeRegistry {
 public:
  FakeRegistry(asio::any_io_executor executor, Log& log);

  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string origin() const { return "http://" + host(); }

  // A model of two layers and a configuration; the name that pulls it.
  std::string add_model(const std::string& repository, const std::string& weights);
  std::string blob_path(const std::string& repository, const Digest& digest) const;
  // The bytes that requests for this blob asked for.
  std::size_t bytes_asked(const Digest& digest) const;
  std::size_t count(const std::string& method, const std::string& path_part) const;

  std::map<std::string, std::string> manifests;  // "repository/tag"
  std::map<std::string, std::string> blobs;      // "sha256:…"
  std::map<std::string, std::string> extra_headers_of_blobs;
  std::vector<SeenRequest> seen;

  bool ranges = true;
  std::deque<std::size_t> cuts;  // the next blob answers end after so many bytes
  std::deque<int> statuses;      // the next answers are these statuses
  std::string corrupt_blob;      // one byte of this digest's answers is another
  std::size_t more_bytes = 0;    // blob answers are longer than the blob
  std::string challenge;         // WWW-Authenticate of everything without `expected`
  std::string expected;          // Authorization
  std::string token;             // what /token gives
  std::string redirect_blobs;    // origin that blob requests are sent on to
  std::string redirect_uploads;  // origin that chunks are sent on to
  std::string content_range;     // said in place of the right one
  bool hold_blobs = false;       // blob answers wait after their first half until release()
  bool cut_held = false;         // what waited is cut then
  std::shared_ptr<asio::steady_timer> gate;
  void release();

 private:
  Task<> serve(http::Exchange& exchange);
  Task<> serve_blob(http::Exchange& exchange, std::string digest);
  Task<> send_range(http::Exchange& exchange, std::string bytes, std::size_t first, bool partial);
  Task<> serve_upload(http::Exchange& exchange, std::string body);
  Task<> answer(http::Exchange& exchange, int status, std::string body = "", http::Headers headers = {});

  asio::any_io_executor executor_;
  std::map<std::string, std::string> uploads_;
  http::Server server_;
  std::uint16_t port_ = 0;
};

struct Transfer {
  std::vector<TransferProgress> progress;
  std::string code = "none";  // of the Error
  std::string message;
  bool done = false;

  std::vector<std::string> statuses() const;  // without repetitions
};

struct RegistryFixture {
  RegistryFixture();

  Transfer pull(const std::string& name);
  Transfer push(const std::string& name);
  // Begins; `transfer` must outlive run().
  void begin_pull(const std::string& name, Transfer& transfer, Cancellation cancelled = nullptr);
  bool is_stored(const std::string& name) { return store.find(ModelName::require(name)).has_value(); }
  void run_until(const std::function<bool()>& condition);
  void make_registry();  // again, with `config` as it is now
  std::vector<std::string> blob_files() const { return file_names(store.root() / "blobs"); }

  TemporaryFolder folder;
  Log log{LogFormat::silent};
  ModelStore store{folder.path(), log};
  WorkerPool pool{"store", 2, 64};
  RegistryConfig config;
  asio::io_context loop{1};
  FakeRegistry fake{loop.get_executor(), log};
  std::unique_ptr<Registry> registry;
};

// So many bytes that do not repeat.
std::string noise(std::size_t bytes, unsigned seed = 1);

}  // namespace fragua::models
