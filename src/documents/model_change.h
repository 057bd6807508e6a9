// ModelChange: another embedding model for a collection: everything is embedded again, a little at a time, while the old vectors serve; then
// the new ones take their place at once. Callers: service; app/ starts it. Threads: the loop's only. A restart goes on where it was.
#pragma once
#include <boost/asio/steady_timer.hpp>

#include "documents/ingestion.h"

namespace fragua::documents {

class ModelChange {
 public:
  explicit ModelChange(IngestionParts& parts) : parts_(parts), bell_(parts.executor) {}
  // Works until the loop ends.
  static Task<> work(ModelChange& self);
  void wake() { bell_.cancel(); }

 private:
  Task<> change_all();
  Task<> change(Collection collection);

  IngestionParts& parts_;
  asio::steady_timer bell_;
};

}  // namespace fragua::documents
