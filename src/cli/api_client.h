// ApiClient: the HTTP API as blocking calls, for a program that does one thing at a time.
// Callers: the commands of cli/. Threads: the main one; each call runs a private loop until its answer is complete.
// Ctrl-C during a call ends it with Error(cancelled) and leaves the program running; outside calls it keeps its usual
// meaning unless a KeepInterrupts is alive. Errors carry the server's own sentence; no connection says how to start a
// server.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "base/secret.h"
#include "cli/form_body.h"
#include "cli/server_address.h"

namespace fragua::cli {

struct StreamHandlers {
  std::function<void(const json::object&)> on_line;  // every line of the NDJSON answer
  std::function<void()> on_tick;                     // ten times a second while the call lasts
};

class ApiClient {
 public:
  ApiClient(ServerAddress address, Secret api_key);
  ~ApiClient();
  ApiClient(const ApiClient&) = delete;

  const ServerAddress& address() const { return address_; }

  json::value get(const std::string& path);
  json::value post(const std::string& path, const json::object& body);
  // A POST that may be refused: the answer's error, of any status. Without an answer it throws as the others do.
  Result<json::value> try_post(const std::string& path, const json::object& body);
  // A POST that may answer 404: then nothing.
  std::optional<json::value> find(const std::string& path, const json::object& body);
  // A GET that may answer 404: then nothing.
  std::optional<json::value> find(const std::string& path);
  void remove(const std::string& path, const json::object& body);  // DELETE
  // A DELETE without a body. False for 404.
  bool remove(const std::string& path);
  // False for 404.
  bool exists(const std::string& path);  // HEAD
  // Throws the error that a line of the stream reports.
  void stream(const std::string& path, const json::object& body, const StreamHandlers& handlers);
  // POSTs a file; `sent` hears how many bytes went out so far.
  void upload(const std::string& path, const std::filesystem::path& file,
              const std::function<void(std::uint64_t)>& sent);
  // POSTs a file as a form's part "file" under a name. A failure: this file is refused (too large, empty, no room for
  // it in the collection), others may not be.
  Result<json::value> upload_form(const std::string& path, const std::filesystem::path& file, const std::string& name);

  // POSTs a form and hears the lines of the NDJSON answer, as stream() does.
  void stream_form(const std::string& path, const std::vector<FormPart>& parts, const StreamHandlers& handlers,
                   const std::function<void(std::uint64_t)>& sent);
  // A GET whose answer is handed on as it comes.
  void download(const std::string& path, const std::function<void(std::string_view)>& on_piece);

  // Is anything answering HTTP at the address, within a second? Throws only Error(cancelled).
  bool answers();
  // Waits without blocking Ctrl-C. Error(cancelled).
  void wait(std::chrono::milliseconds duration);

  // While it lives, Ctrl-C between calls is ignored too.
  class KeepInterrupts {
   public:
    explicit KeepInterrupts(ApiClient& client);
    ~KeepInterrupts();
    KeepInterrupts(const KeepInterrupts&) = delete;

   private:
    ApiClient& client_;
  };

 private:
  struct State;
  ServerAddress address_;
  Secret api_key_;
  std::unique_ptr<State> state_;
};

}  // namespace fragua::cli
