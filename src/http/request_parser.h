// RequestParser: the bytes of one request to its head and body (Boost.Beast underneath, stricter than it).
// Callers: http/connection, the fuzzer. Threads: one at a time. No I/O.
// What two HTTP parsers could read in two ways is refused: both Content-Length and Transfer-Encoding, folded headers,
// bare line feeds, repeated Host. Never buffers: what it does not take yet must be given again, with more behind it.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/message.h"

namespace fragua::http {

struct ParserLimits {
  std::size_t header_max_bytes = 32 * 1024;
  std::size_t header_max_count = 100;
};

// Why a request is not served: the answer's status and sentence.
struct Refusal {
  Refusal(int with_status, std::string text) : status(with_status), message(std::move(text)) {}
  int status;
  std::string message;
};

class RequestParser {
 public:
  explicit RequestParser(ParserLimits limits);
  ~RequestParser();

  // Takes what it can of the head and returns how many bytes; stops behind the head's last.
  std::size_t put_head(std::string_view bytes);
  // Takes what it can of the body, appending its content to `content`.
  std::size_t put_body(std::string_view bytes, std::string& content);

  const std::optional<Refusal>& refusal() const;  // once set, the parser takes nothing more
  bool head_started() const;
  bool head_done() const;
  bool done() const;  // head and body
  bool keep_alive() const;
  bool expects_continue() const;
  bool is_http_1_0() const;
  std::optional<std::uint64_t> content_length() const;
  std::optional<std::uint64_t> body_bytes_left() const;  // nothing for a chunked body
  Request& request();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fragua::http
