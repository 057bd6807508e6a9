// PostgresServer: a real PostgreSQL in a temporary folder, on loopback, for as long as it lives. Callers: postgres_test. Threads: the test's.
// Root may not run one: then it runs as Debian's user postgres.
#pragma once
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/files.h"
#include "runtime/run_program.h"
#include "support/temporary_folder.h"

namespace fragua::tests {

// A socket of loopback with a port of its own.
class LoopbackSocket {
 public:
  LoopbackSocket() : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address_);
    socklen_t size = sizeof address_;
    REQUIRE(::bind(descriptor_, generic, size) == 0);
    REQUIRE(::getsockname(descriptor_, generic, &size) == 0);
  }
  ~LoopbackSocket() { ::close(descriptor_); }
  LoopbackSocket(const LoopbackSocket&) = delete;
  LoopbackSocket& operator=(const LoopbackSocket&) = delete;
  void listen() { REQUIRE(::listen(descriptor_, 8) == 0); }
  std::string port() const { return std::to_string(ntohs(address_.sin_port)); }

 private:
  int descriptor_;
  sockaddr_in address_{};
};

class PostgresServer {
 public:
  // Where Debian puts the programs; "": not installed.
  static std::string programs() {
    std::error_code none;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none))
      if (fs::exists(version.path() / "bin/initdb")) return (version.path() / "bin").string();
    return "";
  }

  PostgresServer() {
    write_file_atomically(folder_.path() / "password", "a secret\n");
    const auto folder = folder_.path().string();
    if (::geteuid() == 0) run({"chown", "-R", "postgres", folder});
    run(as_user({"initdb", "--pgdata=" + folder + "/data", "--username=shop", "--pwfile=" + folder + "/password", "--encoding=UTF8", "--locale=C.UTF-8",
                 "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"}));
    run(as_user({"pg_ctl", "--pgdata=" + folder + "/data", "--log=" + folder + "/log", "--wait", "--timeout=60", "-o",
                 "-p " + port_ + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off", "start"}));
    started_ = true;
    psql("postgres", "CREATE DATABASE tickets");
  }
  ~PostgresServer() {
    if (started_) run_program(as_user({"pg_ctl", "--pgdata=" + (folder_.path() / "data").string(), "--mode=immediate", "stop"}), [](const std::string&) {});
  }

  std::string address(const std::string& user = "shop:a%20secret", const std::string& database = "tickets") const {
    return "postgresql://" + user + "@127.0.0.1:" + port_ + "/" + database;
  }
  void psql(const std::string& database, const std::string& sql) {
    const auto file = folder_.path() / "script.sql";
    write_file_atomically(file, sql);
    fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
    run(client("psql", database, {"--quiet", "--set=ON_ERROR_STOP=1", "--file=" + file.string()}));
  }
  // Goes on after statements that fail: a dump names owners and rows that are not there.
  void load(const std::string& database, const fs::path& dump) {
    run(client("psql", database, {"--quiet", "--output=/dev/null", "--file=" + dump.string()}));
  }
  fs::path dump(const std::string& database, const std::vector<std::string>& options) {
    const auto file = folder_.path() / "dump.sql";
    auto arguments = options;
    arguments.push_back("--file=" + file.string());
    run(client("pg_dump", database, arguments));
    return file;
  }

 private:
  static std::vector<std::string> as_user(std::vector<std::string> argv) {
    argv[0] = programs() + "/" + argv[0];
    if (::geteuid() == 0) argv.insert(argv.begin(), {"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"});
    return argv;
  }
  std::vector<std::string> client(const std::string& program, const std::string& database, const std::vector<std::string>& arguments) const {
    std::vector<std::string> argv{program, "--host=" + folder_.path().string(), "--port=" + port_, "--username=shop", "--dbname=" + database};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    argv[0] = programs() + "/" + argv[0];
    return argv;
  }
  // What it prints is shown only where it fails.
  static void run(std::vector<std::string> argv) {
    argv.insert(argv.begin(), {"sh", "-c", "exec \"$@\" 2>&1", "sh"});
    std::string printed;
    const int status = run_program(argv, [&](const std::string& line) { printed += line + "\n"; });
    CAPTURE(argv[4]);
    CAPTURE(printed);
    REQUIRE(status == 0);
  }

  TemporaryFolder folder_;
  std::string port_ = LoopbackSocket().port();
  bool started_ = false;
};

}  // namespace fragua::tests
