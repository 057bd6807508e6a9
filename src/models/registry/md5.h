// MD5, in steps: Ollama's registry wants it as the etag of an upload in chunks. For nothing else: it protects nothing.
// Callers: blob_upload. Threads: one Md5 per thread.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace fragua::models {

class Md5 {
 public:
  Md5();
  ~Md5();
  void update(std::string_view bytes);
  std::string digest();  // ends the computation; 16 bytes

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fragua::models
