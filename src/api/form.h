// Reading a multipart/form-data body as it arrives: files go to a sink piece by piece, fields are kept.
// Callers: uploads of every dialect. Threads: the loop's. Error(invalid_argument): no form, or a broken one.
#pragma once
#include <map>

#include "api/call.h"
#include "http/multipart.h"

namespace fragua::api {

class FileSink {
 public:
  virtual ~FileSink() = default;
  virtual Task<> begin(http::FormPart part, std::map<std::string, std::string> fields_so_far) = 0;
  virtual Task<> write(std::string bytes) = 0;
  virtual Task<> end() = 0;
};

// The fields that are no files.
Task<std::map<std::string, std::string>> read_form(Call& call, FileSink& sink);

}  // namespace fragua::api
