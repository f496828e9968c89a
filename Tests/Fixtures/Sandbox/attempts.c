/* A library whose constructor tries what a plugin should not be able to do, and what it should.
 *
 * It prints a line for each attempt: its name and the number of the error, 0 where it succeeded.
 * The environment names what it tries its hand at. Each attempt leaves things as they were, or
 * harmlessly changed, where it succeeds: the tests also run all of them outside of any sandbox. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utime.h>

static void report(const char *name, long result) {
  printf("%s %d\n", name, result < 0 ? errno : 0);
  fflush(stdout);
}

static const char *given(const char *name) {
  const char *value = getenv(name);
  return value ? value : "/nonexistent";
}

static char path_buffer[4][4096];
static const char *in(const char *variable, const char *name, int buffer) {
  snprintf(path_buffer[buffer], sizeof path_buffer[buffer], "%s/%s", given(variable), name);
  return path_buffer[buffer];
}

static int try_open(const char *path, int flags) {
  const int file = open(path, flags | O_CLOEXEC, 0600);
  if (file >= 0) close(file);
  return file;
}

static int try_list(const char *path) {
  DIR *folder = opendir(path);
  if (folder == NULL) return -1;
  closedir(folder);
  return 0;
}

static int keep(int descriptor) {
  if (descriptor >= 0) close(descriptor);
  return descriptor;
}

static int wait_for(pid_t child) {
  int status;
  return child < 0 ? -1 : waitpid(child, &status, 0);
}

static int failing(int number) {
  if (number == 0) return 0;
  errno = number;
  return -1;
}

static void files(void) {
  report("read-home", try_open(given("SECRET"), O_RDONLY));
  report("list-home", try_list(given("HOME_FOLDER")));
  report("read-passwd", try_open("/etc/passwd", O_RDONLY));
  report("list-root", try_list("/"));
  report("read-parent-environment", try_open("/proc/1/cmdline", O_RDONLY));
  report("read-own-status", try_open("/proc/self/status", O_RDONLY));
  report("read-named", try_open(given("NAMED"), O_RDONLY));
  report("read-beside-named", try_open(given("BESIDE_NAMED"), O_RDONLY));
  report("write-named", try_open(given("NAMED"), O_WRONLY));
  report("read-beside-plugin", try_open(given("BESIDE_PLUGIN"), O_RDONLY));
  report("make-beside-plugin", try_open(in("PLUGIN_FOLDER", "new", 0), O_WRONLY | O_CREAT));
  report("write-beside-plugin", try_open(given("BESIDE_PLUGIN"), O_WRONLY));
  report("make-outside", try_open(in("OUTSIDE", "new", 0), O_WRONLY | O_CREAT));
  report("make-folder-outside", mkdir(in("OUTSIDE", "folder", 0), 0755));
  report("remove-folder-outside", rmdir(in("OUTSIDE", "empty", 0)));
  report("link-outside", symlink("/", in("OUTSIDE", "link", 0)));
  report("rename-outside", rename(in("OUTSIDE", "a", 0), in("OUTSIDE", "b", 1)));
  report("remove-outside", unlink(in("OUTSIDE", "c", 0)));
  report("carry-in", link(given("SECRET"), in("SCRATCH", "stolen", 0)));
  report("read-null", try_open("/dev/null", O_RDONLY));
  report("write-null", try_open("/dev/null", O_WRONLY | O_TRUNC));
  report("read-urandom", try_open("/dev/urandom", O_RDONLY));
  report("read-zero", try_open("/dev/zero", O_RDONLY));
  report("read-cpuinfo", try_open("/proc/cpuinfo", O_RDONLY));
  report("list-cpus", try_list("/sys/devices/system/cpu"));
  report("list-devices", try_list("/sys/devices"));
  report("list-usr", try_list("/usr/lib"));
  report("read-resolver", try_open("/etc/nsswitch.conf", O_RDONLY));

  report("scratch-make", try_open(in("SCRATCH", "new", 0), O_RDWR | O_CREAT | O_TRUNC));
  report("scratch-folder", mkdir(in("SCRATCH", "folder", 0), 0755));
  report("scratch-move", rename(in("SCRATCH", "new", 0), in("SCRATCH", "folder/new", 1)));
  report("scratch-list", try_list(in("SCRATCH", "folder", 0)));
  report("scratch-remove", unlink(in("SCRATCH", "folder/new", 0)));
  report("scratch-remove-folder", rmdir(in("SCRATCH", "folder", 0)));
}

/* What Landlock does not see. */
static void metadata(void) {
  const char *file = in("OUTSIDE", "kept", 0);
  const struct utimbuf times = {1, 1};
  report("chmod", chmod(file, 0600));
  report("fchmodat2", syscall(452, AT_FDCWD, file, 0600, 0));
  report("chown", chown(file, getuid(), getgid()));
  report("lchown", lchown(file, getuid(), getgid()));
  report("utime", utime(file, &times));
  report("utimensat", utimensat(AT_FDCWD, file, NULL, 0));
  report("setxattr", setxattr(file, "user.test", "x", 1, 0));
  report("getxattr", getxattr(file, "user.test", NULL, 0));
  report("listxattr", listxattr(file, NULL, 0));
  report("removexattr", removexattr(file, "user.test"));
  report("setxattrat", syscall(463, AT_FDCWD, file, 0, "user.test", NULL, 0));
  report("removexattrat", syscall(466, AT_FDCWD, file, 0, "user.none"));
  report("file-setattr", syscall(469, AT_FDCWD, file, NULL, 0, 0));
  report("truncate", truncate(file, 3));
  const int named = open(given("NAMED"), O_RDONLY | O_CLOEXEC);
  report("fchmod", fchmod(named, 0644));
  report("fsetxattr", fsetxattr(named, "user.test", "x", 1, 0));
  report("futimens", futimens(named, NULL));
  int flags = 0;
  ioctl(named, FS_IOC_GETFLAGS, &flags);
  report("file-flags", ioctl(named, FS_IOC_SETFLAGS, &flags));
  close(named);
  report("inotify", keep(syscall(SYS_inotify_init1, 0)));
}

static void sockets(void) {
  report("tcp", keep(socket(AF_INET, SOCK_STREAM, 0)));
  report("tcp6", keep(socket(AF_INET6, SOCK_STREAM, 0)));
  report("udp", keep(socket(AF_INET, SOCK_DGRAM, 0)));
  report("unix", keep(socket(AF_UNIX, SOCK_STREAM, 0)));
  report("netlink", keep(socket(AF_NETLINK, SOCK_RAW, 0)));

  /* Nobody listens there: "connection refused" is as far as it gets. */
  struct sockaddr_in loopback = {0};
  loopback.sin_family = AF_INET;
  loopback.sin_port = htons(9);
  loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int tcp = socket(AF_INET, SOCK_STREAM, 0);
  if (tcp >= 0) {
    report("connect", connect(tcp, (struct sockaddr *)&loopback, sizeof loopback));
    loopback.sin_port = 0;
    report("bind", bind(tcp, (struct sockaddr *)&loopback, sizeof loopback));
    close(tcp);
  }

  int pair[2];
  report("pair", socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
  /* The way by which a sandboxed process could still write to the system's log. */
  const int made = socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair);
  report("datagram-pair", made);
  struct sockaddr_un log = {0};
  log.sun_family = AF_UNIX;
  snprintf(log.sun_path, sizeof log.sun_path, "%s", given("LOG_SOCKET"));
  if (made == 0)
    report("datagram", sendto(pair[0], "x", 1, 0, (struct sockaddr *)&log, sizeof log));
}

static void processes(void) {
  char *arguments[] = {NULL, NULL};
  /* Executable, but no program: the kernel looks at its content only if it may be executed. */
  arguments[0] = (char *)(uintptr_t)in("PLUGIN_FOLDER", "garbage", 0);
  report("exec", execv(arguments[0], arguments));
  char name[] = "true";
  char *true_arguments[] = {name, NULL};
  pid_t child = -1;
  const int spawned = posix_spawn(&child, "/bin/true", NULL, NULL, true_arguments, NULL);
  report("spawn", spawned == 0 ? wait_for(child) : failing(spawned));
  child = fork();
  if (child == 0) _exit(0);
  report("fork", wait_for(child));
  child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  report("clone", wait_for(child));
  report("clone3", syscall(435, NULL, 0));
  report("namespace", unshare(CLONE_FS));
  report("personality", personality(PER_LINUX));
  report("personality-query", personality(0xffffffff));

  const pid_t victim = (pid_t)atoi(given("VICTIM"));
  report("signal", kill(victim, 0));
  report("signal-group", kill(0, 0));
  report("signal-thread", syscall(SYS_tgkill, victim, victim, 0));
  report("signal-tkill", syscall(SYS_tkill, victim, 0));
  siginfo_t information;
  memset(&information, 0, sizeof information);
  information.si_code = SI_QUEUE;
  report("signal-queue", syscall(SYS_rt_sigqueueinfo, victim, 0, &information));
  report("signal-self", kill(getpid(), 0));
  signal(SIGUSR1, SIG_IGN);
  report("raise", failing(raise(SIGUSR1)));
  report("pidfd", keep(syscall(434, victim, 0)));
  int ends[2];
  if (pipe(ends) == 0) {
    report("signal-by-file", fcntl(ends[0], F_SETOWN, victim));
    report("own-signal-by-file", fcntl(ends[0], F_SETOWN, getpid()));
    const int owner[2] = {F_OWNER_PID, victim};
    report("signal-by-owner", fcntl(ends[0], F_SETOWN_EX, owner));
    report("file-status", fcntl(ends[0], F_GETFL));
    close(ends[0]);
    close(ends[1]);
  }
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0) {
    report("signal-by-device", ioctl(pair[0], 0x8901 /* FIOSETOWN */, &victim));
    int waiting;
    report("device", ioctl(pair[0], FIONREAD, &waiting));
  }
  report("type-into-terminal", ioctl(1, TIOCSTI, "x"));
  struct iovec bogus = {NULL, 1};
  bogus.iov_base = &bogus;
  struct iovec remote = {NULL, 1};
  report("read-memory", syscall(SYS_process_vm_readv, victim, &bogus, 1, &remote, 1, 0));
  report("trace", ptrace(PTRACE_SEIZE, victim, NULL, NULL));
  struct rlimit limit;
  report("limits", syscall(SYS_prlimit64, victim, RLIMIT_NOFILE, NULL, &limit));
  report("own-limits", syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &limit));
  report("priority", setpriority(PRIO_PROCESS, (id_t)victim, 1));
  report("io-priority", syscall(SYS_ioprio_set, 1, victim, 2 << 13));
  cpu_set_t cpus;
  sched_getaffinity(0, sizeof cpus, &cpus);
  report("affinity", sched_setaffinity(victim, sizeof cpus, &cpus));
  struct sched_param ordinary = {0};
  report("scheduler", sched_setscheduler(victim, SCHED_OTHER, &ordinary));
  report("session", setsid());
  report("group", setpgid(0, 0));
  report("shared-memory", syscall(SYS_shmget, 0, 4096, 0600));
  report("message-queue", syscall(SYS_msgget, 1, 0));
  report("semaphores", syscall(SYS_semget, 1, 1, 0));
  report("named-queue", syscall(SYS_mq_open, "none", 0));
}

static void *nothing(void *argument) { return argument; }

static void threads(void) {
  pthread_t thread;
  const int result = pthread_create(&thread, NULL, nothing, NULL);
  if (result == 0) pthread_join(thread, NULL);
  report("thread", failing(result));
}

/* Called with arguments that lead nowhere: only the number of the error tells who refused. */
static void doors(void) {
  void *const nowhere = (void *)-1;
  report("io-uring", syscall(SYS_io_uring_setup, 1, nowhere));
  report("bpf", syscall(SYS_bpf, 0, nowhere, 8));
  report("perf", syscall(SYS_perf_event_open, nowhere, 0, -1, -1, 0));
  report("userfault", syscall(SYS_userfaultfd, -1));
  report("keys", syscall(SYS_keyctl, -1, 0, 0, 0, 0));
  report("mount", syscall(SYS_mount, nowhere, nowhere, nowhere, 0, 0));
  report("new-mount", syscall(430, nowhere, 0));
  report("root", chroot(nowhere));
  report("handle", syscall(SYS_open_by_handle_at, -1, nowhere, 0));
  report("namespaces", syscall(SYS_setns, -1, 0));
  report("module", syscall(SYS_init_module, nowhere, 0, nowhere));
  report("host-name", syscall(SYS_sethostname, nowhere, -1));
#ifdef __x86_64__
  report("x32", syscall(0x40000000 | SYS_getpid));
#endif
}

static void memory(void) {
  const size_t size = (size_t)256 << 20;
  const int kind = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *const large = mmap(NULL, size, PROT_READ, kind, -1, 0);
  report("large", large == MAP_FAILED ? -1 : 0);
  if (large != MAP_FAILED) munmap(large, size);
  report("memory-file", keep(syscall(SYS_memfd_create, "x", 0)));
  const struct rlimit most = {RLIM_INFINITY, RLIM_INFINITY};
  report("raise-limit", setrlimit(RLIMIT_AS, &most));
  struct rlimit core;
  getrlimit(RLIMIT_CORE, &core);
  errno = EPERM;
  report("core", core.rlim_max == 0 ? -1 : 0);
  errno = EPERM;
  report("new-privileges", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? -1 : 0);
  const uid_t user = geteuid();
  report("other-user", seteuid(12345));
  if (geteuid() != user && seteuid(user) != 0) abort();
}

__attribute__((constructor)) static void attempt(void) {
  const char *part = getenv("PART");
  if (part != NULL && strcmp(part, "abort") == 0) abort();
#if defined(__x86_64__)
  if (part != NULL && strcmp(part, "32-bit") == 0) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "r8", "r9", "r10", "r11", "memory");
    errno = (int)-result;
    report("32-bit", result);
    return;
  }
#endif
  files();
  metadata();
  sockets();
  processes();
  threads();
  doors();
  memory();
}
