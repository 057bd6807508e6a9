#include "documents/extractors/sandbox/sandbox.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "base/error.h"

namespace fragua::documents::extractors {

namespace {

constexpr rlim_t kOwnMemoryBytes = 3ull << 30;
constexpr rlim_t kOwnCpuSeconds = 180;
constexpr rlim_t kFileMaxBytes = 1ull << 30;
constexpr rlim_t kFilesMax = 512;

constexpr std::uint64_t kReading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
constexpr std::uint64_t kWriting = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                   LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
constexpr std::uint64_t kInScratch = kReading | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                     LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                                     LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM;

// Programs, libraries, fonts, dictionaries, language data.
constexpr const char* kSystemFolders[] = {"/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/opt", "/etc", "/proc", "/sys/devices/system/cpu",
                                          "/nix/store", "/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig", "/var/lib/ghostscript"};
constexpr const char* kDevices[] = {"/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"};

void limit(__rlimit_resource_t resource, rlim_t soft, rlim_t hard) {
  rlimit now{};
  ::getrlimit(resource, &now);
  const auto most = now.rlim_max;  // our parent may have set less
  now.rlim_max = std::min(hard, most);
  now.rlim_cur = std::min(soft, now.rlim_max);
  ::setrlimit(resource, &now);
}

// The hard limits of memory and time stay as they were: each tool gets its own.
void set_limits() {
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, kFileMaxBytes, kFileMaxBytes);
  limit(RLIMIT_NOFILE, kFilesMax, kFilesMax);
  limit(RLIMIT_AS, kOwnMemoryBytes, RLIM_INFINITY);
  limit(RLIMIT_CPU, kOwnCpuSeconds, RLIM_INFINITY);
}

void allow(int ruleset, const std::string& path, std::uint64_t access) {
  const int descriptor = ::open(path.c_str(), O_PATH | O_CLOEXEC);
  if (descriptor < 0) return;  // not on this machine
  landlock_path_beneath_attr rule{access, descriptor};
  ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  ::close(descriptor);
}

void restrict_files(const SandboxFolders& folders) {
  // From its second version on it can allow moving files from folder to folder.
  const bool moves = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 2;
  const std::uint64_t moving = moves ? LANDLOCK_ACCESS_FS_REFER : 0;
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = kReading | kWriting | moving;
  const auto ruleset = int(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
  if (ruleset < 0) return;  // a kernel without Landlock
  for (const auto* folder : kSystemFolders) allow(ruleset, folder, kReading);
  for (const auto& folder : folders.programs)
    if (folder.starts_with('/') && folder != "/") allow(ruleset, folder, kReading);
  for (const auto* device : kDevices) allow(ruleset, device, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
  allow(ruleset, folders.document.string(), LANDLOCK_ACCESS_FS_READ_FILE);
  allow(ruleset, folders.scratch.string(), kInScratch | moving);
  const auto failed = ::syscall(SYS_landlock_restrict_self, ruleset, 0);
  ::close(ruleset);
  if (failed) throw Error(ErrorCode::unavailable, "the reader of documents could not be locked in");
}

struct ReleaseFilter {
  void operator()(scmp_filter_ctx filter) const { seccomp_release(filter); }
};

// What no reader of documents needs, and what a broken one would try.
constexpr int kRefused[] = {SCMP_SYS(ptrace),      SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(mount),        SCMP_SYS(umount2),
                            SCMP_SYS(pivot_root),  SCMP_SYS(chroot),           SCMP_SYS(unshare),           SCMP_SYS(setns),        SCMP_SYS(bpf),
                            SCMP_SYS(keyctl),      SCMP_SYS(add_key),          SCMP_SYS(request_key),       SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
                            SCMP_SYS(io_uring_setup), SCMP_SYS(kexec_load),    SCMP_SYS(init_module),       SCMP_SYS(finit_module), SCMP_SYS(setsid),
                            SCMP_SYS(setpgid)};

void restrict_calls() {
  const std::unique_ptr<std::remove_pointer_t<scmp_filter_ctx>, ReleaseFilter> filter(seccomp_init(SCMP_ACT_ALLOW));
  bool done = filter != nullptr;
  done = done && seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_NE, AF_UNIX)) == 0;
  for (const int call : kRefused) done = done && seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
  // "May I write to /tmp?" is asked by LibreOffice, which then would: told no, it keeps its socket where we say.
  for (const int call : {SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2)}) {
    const unsigned mode = call == SCMP_SYS(access) ? 1 : 2;
    const auto asks = scmp_arg_cmp{mode, SCMP_CMP_EQ, W_OK, 0};
    done = done && seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), call, 1, asks) == 0;
  }
  if (!done || seccomp_load(filter.get()) != 0) throw Error(ErrorCode::unavailable, "the reader of documents could not be cut off from the network");
}

}  // namespace

void enter_sandbox(const SandboxFolders& folders) {
  set_limits();
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) throw Error(ErrorCode::unavailable, "the reader of documents could not be locked in");
  restrict_files(folders);
  restrict_calls();
}

}  // namespace fragua::documents::extractors
