// FormBody: a multipart/form-data body of fields and files, read piece by piece as it is sent. Callers: cli/api_client.
// Threads: one. Holds no more of a file than one piece. Error(not_found, unavailable): a file cannot be read.
#pragma once
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "base/files.h"

namespace fragua::cli {

struct FormPart {
  std::string name;
  fs::path file;       // "": a field
  std::string value;   // of a field
  std::string file_name = {};  // that the file goes out under; "": its own
};

class FormBody {
 public:
  // `boundary` must be in none of the parts: make it at random.
  FormBody(const std::vector<FormPart>& parts, const std::string& boundary);
  std::uint64_t size() const { return size_; }
  std::string content_type() const { return "multipart/form-data; boundary=" + boundary_; }
  // How many bytes it wrote; 0: the end.
  std::size_t read(char* to, std::size_t capacity);

 private:
  struct Segment {
    std::string text;
    fs::path file;     // "": the text
  };
  std::size_t read_text(char* to, std::size_t capacity);

  std::string boundary_;
  std::vector<Segment> segments_;
  std::uint64_t size_ = 0;
  std::size_t segment_ = 0;
  std::size_t place_ = 0;            // in a text
  std::ifstream file_;
};

}  // namespace fragua::cli
