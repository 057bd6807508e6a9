// Fetcher: brings what is at an address that a person gave: over HTTP (app/), or from a table (tests). Callers: documents/service.
// Threads: the loop's only. Whom it may reach, how much and for how long, is its own care: the address is a stranger's.
#pragma once
#include <memory>
#include <string>

#include "runtime/task.h"

namespace fragua::documents {

struct FetchedFile {
  std::string address;                    // after redirects
  std::string bytes;
};

class Fetcher {
 public:
  virtual ~Fetcher() = default;
  // `cancelled`: set to true from the loop to end it. Error: unavailable, forbidden, invalid_argument, too_large, deadline_exceeded, cancelled.
  virtual Task<FetchedFile> fetch(std::string url, std::shared_ptr<bool> cancelled) = 0;
};

}  // namespace fragua::documents
