#include "db/postgres/connection.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::db {

namespace {

using namespace std::chrono_literals;
// What the server may take to tell that it stopped a statement.
constexpr std::chrono::milliseconds kGrace = 5s;

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
struct FreeMemory {
  void operator()(void* memory) const { PQfreemem(memory); }
};
struct FreeCancel {
  void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};

ErrorCode code_of(std::string_view state) {
  if (state == "57014") return ErrorCode::deadline_exceeded;  // statement_timeout
  if (state == "42501") return ErrorCode::forbidden;
  if (state.starts_with("08") || state.starts_with("53") || state.starts_with("57")) return ErrorCode::unavailable;
  return ErrorCode::invalid_argument;
}

}  // namespace

// Becomes readable when the stop is asked.
class PostgresConnection::Wake {
 public:
  explicit Wake(const std::stop_token& stop) : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), callback_(stop, Ring{descriptor_}) {
    CHECK_THAT(descriptor_ >= 0);
  }
  ~Wake() { ::close(descriptor_); }
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  struct Ring {
    int descriptor;
    void operator()() const {
      const std::uint64_t one = 1;
      CHECK_THAT(::write(descriptor, &one, sizeof one) == sizeof one);
    }
  };
  int descriptor_;
  std::stop_callback<Ring> callback_;
};

PostgresConnection::PostgresConnection(PostgresOptions options)
    : options_(std::move(options)), wake_(std::make_unique<Wake>(options_.stop)) {
  check_address();
  connect();
}

PostgresConnection::~PostgresConnection() = default;

// What the library says of an address that it cannot read may hold the password.
void PostgresConnection::check_address() {
  char* message = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> parts(PQconninfoParse(options_.address.reveal().c_str(), &message));
  const std::unique_ptr<char, FreeMemory> owned(message);
  if (!parts)
    throw Error(ErrorCode::invalid_argument,
                "the address of the database cannot be read: it is like postgresql://user:password@host:5432/database");
  for (const auto* part = parts.get(); part->keyword; ++part)
    if (std::string_view(part->keyword) == "password" && part->val) password_ = part->val;
}

void PostgresConnection::connect() {
  const auto deadline = std::chrono::steady_clock::now() + options_.connect_timeout;
  const auto patience = std::to_string(options_.connect_timeout.count());
  // tcp_user_timeout also limits how long a cancelling waits for a dead server.
  const std::array<const char*, 6> names = {"dbname", "client_encoding", "application_name", "tcp_user_timeout", "keepalives_idle", nullptr};
  const std::array<const char*, 6> values = {options_.address.reveal().c_str(), "UTF8", "fragua", patience.c_str(), "60", nullptr};
  connection_.reset(PQconnectStartParams(names.data(), values.data(), 1));
  if (!connection_) throw std::bad_alloc();
  const auto failed = [this] {
    throw Error(ErrorCode::unavailable, "the database cannot be reached: " + said(PQerrorMessage(connection_.get())));
  };
  if (PQstatus(connection_.get()) == CONNECTION_BAD) failed();
  for (auto state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK; state = PQconnectPoll(connection_.get())) {
    if (state == PGRES_POLLING_FAILED) failed();
    wait(state == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline);
  }
}

// The first line, without the password.
std::string PostgresConnection::said(const char* message) const {
  std::string text(trimmed(message));
  text.resize(std::min(text.find('\n'), text.size()));
  if (!is_valid_utf8(text)) text = sanitized_utf8(text);
  if (password_.empty()) return text;
  for (auto at = text.find(password_); at != std::string::npos; at = text.find(password_, at))
    text.replace(at, password_.size(), "[secret]");
  return text;
}

void PostgresConnection::wait(short events, std::optional<Deadline> deadline) {
  const auto left = [&] { return int(std::max(std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now()), 0ms).count()); };
  std::array<pollfd, 2> watched{{{PQsocket(connection_.get()), events, 0}, {wake_->descriptor(), POLLIN, 0}}};
  const int ready = ::poll(watched.data(), watched.size(), deadline ? left() : -1);
  if (ready < 0 && errno != EINTR) throw Error(ErrorCode::unavailable, "the connection to the database is lost");
  if (watched[1].revents != 0) {
    cancel();
    throw Error(ErrorCode::cancelled, "reading the database was cancelled");
  }
  if (ready == 0) {
    cancel();
    throw Error(ErrorCode::deadline_exceeded, "the database does not answer in time");
  }
}

void PostgresConnection::cancel() {
  const std::unique_ptr<PGcancel, FreeCancel> request(PQgetCancel(connection_.get()));
  std::array<char, 256> message;
  if (request && PQstatus(connection_.get()) == CONNECTION_OK) PQcancel(request.get(), message.data(), int(message.size()));
}

void PostgresConnection::send(const std::string& sql, const std::vector<std::string>& parameters, Deadline deadline) {
  std::vector<const char*> values;
  for (const auto& parameter : parameters) values.push_back(parameter.c_str());
  const bool sent =
      PQsendQueryParams(connection_.get(), sql.c_str(), int(values.size()), nullptr, values.data(), nullptr, nullptr, 0) == 1 &&
      PQsetSingleRowMode(connection_.get()) == 1;
  int flushed = sent ? PQflush(connection_.get()) : -1;
  while (flushed > 0) {
    wait(POLLOUT, deadline);
    flushed = PQflush(connection_.get());
  }
  if (flushed < 0)
    throw Error(ErrorCode::unavailable, "the connection to the database is lost: " + said(PQerrorMessage(connection_.get())));
}

void PostgresConnection::query(const std::string& sql, const std::vector<std::string>& parameters, const EachRow& each) {
  const auto deadline = std::chrono::steady_clock::now() + options_.statement_timeout + kGrace;
  send(sql, parameters, deadline);
  while (true) {
    while (PQisBusy(connection_.get()) == 1) {
      wait(POLLIN, deadline);
      take_input();
    }
    const std::unique_ptr<PGresult, Clear> result(PQgetResult(connection_.get()));
    if (!result) return;
    take(*result, each);
  }
}

void PostgresConnection::take_input() {
  if (PQconsumeInput(connection_.get()) == 1) return;
  throw Error(ErrorCode::unavailable, "the connection to the database is lost: " + said(PQerrorMessage(connection_.get())));
}

void PostgresConnection::wait_for_notification() {
  const auto next = [this] { return std::unique_ptr<PGnotify, FreeMemory>(PQnotifies(connection_.get())); };
  while (!next()) {
    wait(POLLIN, std::nullopt);
    take_input();
  }
  while (next()) {
  }
}

void PostgresConnection::take(const PGresult& result, const EachRow& each) const {
  const auto status = PQresultStatus(&result);
  if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    const char* state = PQresultErrorField(&result, PG_DIAG_SQLSTATE);
    throw Error(code_of(state ? state : "08"), "the database says: " + said(PQresultErrorMessage(&result)));
  }
  for (int row = 0; row < PQntuples(&result); ++row) {
    Cells cells;
    for (int column = 0; column < PQnfields(&result); ++column) {
      if (PQgetisnull(&result, row, column) == 1) cells.emplace_back();
      else cells.emplace_back(std::in_place, PQgetvalue(&result, row, column), std::size_t(PQgetlength(&result, row, column)));
    }
    each(std::move(cells));
  }
}

std::string PostgresConnection::quoted(const std::string& name) const {
  const std::unique_ptr<char, FreeMemory> escaped(PQescapeIdentifier(connection_.get(), name.data(), name.size()));
  if (!escaped)
    throw Error(ErrorCode::invalid_argument, "a name in the database cannot be quoted: " + said(PQerrorMessage(connection_.get())));
  return escaped.get();
}

}  // namespace fragua::db
