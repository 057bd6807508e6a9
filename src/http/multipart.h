// MultipartReader: a multipart/form-data body (RFC 7578), piece by piece as it arrives, in constant memory.
// Callers: api/ (uploads). Threads: the caller's. Error(invalid_argument) says what breaks the form; Error(too_large): too many parts or
// headers. The bytes of a part are the client's; its file name is only a text.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace fragua::http {

struct FormPart {
  std::string name;
  std::string file_name;                  // "": a plain field
  std::string content_type;
};

// "" if the header is no multipart/form-data with a boundary.
std::string multipart_boundary(std::string_view content_type);

class MultipartReader {
 public:
  struct Event {
    enum class Kind { begin, bytes, end };
    Kind kind = Kind::bytes;
    FormPart part;                        // begin
    std::string bytes;
  };

  explicit MultipartReader(std::string boundary);
  // What these bytes complete, in order.
  std::vector<Event> feed(std::string_view bytes);
  // The body is over. Error(invalid_argument): the form is not.
  void finish() const;

 private:
  enum class State { preamble, headers, body, done };
  bool take_preamble(std::vector<Event>& events);
  bool take_headers(std::vector<Event>& events);
  bool take_body(std::vector<Event>& events);
  bool take_after_boundary();

  std::string delimiter_;                 // CRLF "--" boundary
  std::string buffer_;
  State state_ = State::preamble;
  std::size_t parts_ = 0;
  bool is_first_ = false;                 // of a part's content: a line end stands before it
};

}  // namespace fragua::http
