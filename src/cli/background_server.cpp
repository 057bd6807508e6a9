#include "cli/background_server.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <csignal>
#include <cstring>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/strings.h"
#include "cli/context.h"

extern char** environ;

namespace fragua::cli {

namespace {

constexpr auto kStartLimit = std::chrono::seconds(30);
constexpr auto kAskAgain = std::chrono::milliseconds(50);
constexpr std::size_t kLastWordsLines = 5;

std::vector<std::string> serve_command(const Context& context) {
  std::vector<std::string> argv{context.environment.program.string(), "serve"};
  const auto& address = context.api.address();
  const auto host = address.host.find(':') == std::string::npos ? address.host : "[" + address.host + "]";
  const auto where = host + ":" + std::to_string(address.port);
  if (!address.is_default) argv.insert(argv.end(), {"--listen", where});
  // Who started it is sitting at this machine and has no key.
  argv.insert(argv.end(), {"--set", "anonymous=" + where});
  return argv;
}

std::string last_words(const fs::path& log, std::uint64_t from) {
  const auto text = read_file(log);
  auto lines = split(trimmed(std::string_view(text).substr(std::min<std::size_t>(from, text.size()))), '\n');
  if (lines.size() > kLastWordsLines) lines.erase(lines.begin(), lines.end() - kLastWordsLines);
  return join(lines, "\n");
}

bool has_ended(int pid) { return ::waitpid(pid, nullptr, WNOHANG) == pid; }

std::uint64_t size_of(const fs::path& path) {
  std::error_code failed;
  const auto size = fs::file_size(path, failed);
  return failed ? 0 : size;
}

}  // namespace

int spawn_detached(const std::vector<std::string>& argv, const fs::path& log) {
  struct Settings {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    Settings() {
      ::posix_spawn_file_actions_init(&files);
      ::posix_spawnattr_init(&attributes);
    }
    ~Settings() {
      ::posix_spawn_file_actions_destroy(&files);
      ::posix_spawnattr_destroy(&attributes);
    }
  } settings;
  ::posix_spawn_file_actions_addopen(&settings.files, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&settings.files, 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::posix_spawn_file_actions_adddup2(&settings.files, 1, 2);
  sigset_t none;
  sigset_t all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  ::posix_spawnattr_setsigmask(&settings.attributes, &none);
  ::posix_spawnattr_setsigdefault(&settings.attributes, &all);
  ::posix_spawnattr_setflags(&settings.attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<char*> pointers;
  for (const auto& argument : argv)
    pointers.push_back(const_cast<char*>(argument.c_str()));  // posix_spawn does not write them
  pointers.push_back(nullptr);
  pid_t pid = -1;
  const int failed =
      ::posix_spawn(&pid, argv.front().c_str(), &settings.files, &settings.attributes, pointers.data(), environ);
  if (failed != 0) throw Error(ErrorCode::unavailable, std::string("cannot start a server: ") + std::strerror(failed));
  return pid;
}

void ensure_server(Context& context) {
  if (!context.api.address().loopback || context.api.answers()) return;
  const auto log = context.environment.data_folder / "server.log";
  fs::create_directories(log.parent_path());
  const auto log_size = size_of(log);
  context.console.err_line("Starting a server in the background, open to programs on this machine; its log is " + log.string());
  const int pid = spawn_detached(serve_command(context), log);
  const auto deadline = context.clock.steady() + kStartLimit;
  while (!context.api.answers()) {
    if (has_ended(pid))
      throw Error(ErrorCode::unavailable, "the server ended as soon as it was started:\n" + last_words(log, log_size) +
                                              "\nrun `fragua serve` to see what it needs");
    if (context.clock.steady() >= deadline)
      throw Error(ErrorCode::unavailable, "the server did not answer within 30 s; see " + log.string());
    context.api.wait(kAskAgain);
  }
}

}  // namespace fragua::cli
