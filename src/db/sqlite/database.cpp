#include "db/sqlite/database.h"

#include <sys/stat.h>

#include <condition_variable>
#include <mutex>

#include "base/error.h"
#include "db/sqlite/connection.h"

namespace fragua::db {

namespace {

// Ends a transaction that was not kept, whatever threw.
class Transaction {
 public:
  Transaction(SqliteConnection& connection, std::string_view begin) : connection_(connection) { connection_.execute(begin, {}); }
  ~Transaction() {
    if (open_) connection_.roll_back();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    connection_.execute("COMMIT", {});
    open_ = false;
  }

 private:
  SqliteConnection& connection_;
  bool open_ = true;
};

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(SqliteOptions options) : options_(std::move(options)), writer_(options_.file, true, options_.wait) {
    ::chmod(options_.file.c_str(), 0600);
    for (std::size_t i = 0; i < options_.readers; ++i)
      free_.push_back(std::make_unique<SqliteConnection>(options_.file, false, options_.wait));
  }

  void read(const Work& work) override {
    auto connection = take_reader();
    const auto give_back = [this](SqliteConnection* reader) { return_reader(reader); };
    const std::unique_ptr<SqliteConnection, decltype(give_back)> held(connection.release(), give_back);
    Transaction transaction(*held, "BEGIN");
    work(*held);
    transaction.commit();
  }

  void write(const Work& work) override {
    const std::unique_lock lock(write_mutex_, options_.wait);
    if (!lock) throw Error(ErrorCode::overloaded, "the database is busy: try again");
    Transaction transaction(writer_, "BEGIN IMMEDIATE");
    work(writer_);
    transaction.commit();
  }

  void back_up(const std::filesystem::path& file) override {
    if (std::filesystem::exists(file)) throw Error(ErrorCode::conflict, file.filename().string() + " exists already");
    SqliteConnection(options_.file, true, options_.wait).execute("VACUUM INTO $1", {file.string()});
    ::chmod(file.c_str(), 0600);
  }

 private:
  std::unique_ptr<SqliteConnection> take_reader() {
    std::unique_lock lock(read_mutex_);
    if (!reader_freed_.wait_for(lock, options_.wait, [this] { return !free_.empty(); }))
      throw Error(ErrorCode::overloaded, "the database is busy: try again");
    auto connection = std::move(free_.back());
    free_.pop_back();
    return connection;
  }

  void return_reader(SqliteConnection* reader) {
    const std::lock_guard lock(read_mutex_);
    free_.emplace_back(reader);
    reader_freed_.notify_one();
  }

  SqliteOptions options_;
  std::timed_mutex write_mutex_;
  SqliteConnection writer_;
  std::mutex read_mutex_;
  std::condition_variable reader_freed_;
  std::vector<std::unique_ptr<SqliteConnection>> free_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(SqliteOptions options) {
  if (options.file.has_parent_path()) std::filesystem::create_directories(options.file.parent_path());
  return std::make_unique<SqliteDatabase>(std::move(options));
}

}  // namespace fragua::db
