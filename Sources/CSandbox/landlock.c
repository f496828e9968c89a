#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "csandbox.h"

/* The same on every processor (Linux: Documentation/userspace-api/landlock.rst, version 7). */
enum { NR_CREATE_RULESET = 444, NR_ADD_RULE = 445, NR_RESTRICT_SELF = 446 };
enum { CREATE_RULESET_VERSION = 1, RULE_PATH_BENEATH = 1 };

enum {
  WRITE_FILE = 1 << 1,
  READ_FILE = 1 << 2,
  READ_DIR = 1 << 3,
  REMOVE_DIR = 1 << 4,
  REMOVE_FILE = 1 << 5,
  MAKE_DIR = 1 << 7,
  MAKE_REG = 1 << 8,
  MAKE_SYM = 1 << 12,
  REFER = 1 << 13,
  TRUNCATE = 1 << 14,
  IOCTL_DEV = 1 << 15
};
/* The rights that a rule on anything but a folder may carry. */
enum { OF_FILES = WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV };

struct ruleset {
  uint64_t files;
  uint64_t network; /* from version 4: bind, connect */
  uint64_t scoped;  /* from version 6: abstract sockets, signals */
};

struct path_beneath {
  uint64_t allowed;
  int32_t folder;
} __attribute__((packed));

static uint64_t handled_files(int32_t version) {
  uint64_t rights = REFER - 1;
  if (version >= 2) rights |= REFER;
  if (version >= 3) rights |= TRUNCATE;
  if (version >= 5) rights |= IOCTL_DEV;
  return rights;
}

static uint64_t rights_of(csandbox_access access) {
  switch (access) {
    case CSANDBOX_READ: return READ_FILE | READ_DIR;
    case CSANDBOX_DEVICE: return READ_FILE | READ_DIR | WRITE_FILE | IOCTL_DEV;
    case CSANDBOX_READ_WRITE: break;
  }
  return READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE | REMOVE_FILE | REMOVE_DIR | MAKE_REG
    | MAKE_DIR | MAKE_SYM | REFER;
}

int csandbox_landlock_version(int32_t *version) {
  const long answer = syscall(NR_CREATE_RULESET, NULL, (size_t)0, CREATE_RULESET_VERSION);
  *version = answer > 0 ? (int32_t)answer : 0;
  if (answer > 0 || errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM) return 0;
  return errno;
}

int csandbox_landlock_begin(int32_t version, bool allow_network, int32_t *rules) {
  const struct ruleset handled = {
    .files = handled_files(version), .network = allow_network ? 0 : 3, .scoped = 3};
  /* A kernel takes more than it knows for an error. */
  const size_t size = version >= 6 ? sizeof handled
    : version >= 4                 ? offsetof(struct ruleset, scoped)
                                   : offsetof(struct ruleset, network);
  const long answer = syscall(NR_CREATE_RULESET, &handled, size, 0);
  *rules = (int32_t)answer;
  return answer >= 0 ? 0 : errno;
}

int csandbox_landlock_allow(
  int32_t rules, int32_t version, const char *path, csandbox_access access) {
  const int file = open(path, O_PATH | O_CLOEXEC);
  if (file < 0) return errno;
  struct stat status;
  int result = 0;
  if (fstat(file, &status) == 0) {
    struct path_beneath rule = {rights_of(access) & handled_files(version), file};
    if (!S_ISDIR(status.st_mode)) rule.allowed &= OF_FILES;
    if (syscall(NR_ADD_RULE, rules, RULE_PATH_BENEATH, &rule, 0) != 0) result = errno;
  } else {
    result = errno;
  }
  close(file);
  return result;
}

int csandbox_landlock_enforce(int32_t rules) {
  return syscall(NR_RESTRICT_SELF, rules, 0) == 0 ? 0 : errno;
}
