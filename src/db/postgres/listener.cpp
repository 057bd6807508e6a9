#include "db/postgres/listener.h"

#include "base/strings.h"

namespace fragua::db {

PostgresListener::PostgresListener(PostgresOptions options, const std::string& channel) : connection_(std::move(options)) {
  connection_.query(join({"LISTEN", connection_.quoted(channel)}, " "), {}, [](const PostgresConnection::Cells&) {});
}

}  // namespace fragua::db
