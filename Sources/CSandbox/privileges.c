#define _GNU_SOURCE
#include <errno.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "csandbox.h"

int csandbox_limit(csandbox_resource resource, uint64_t bytes) {
  const int kind = resource == CSANDBOX_CORE_SIZE ? RLIMIT_CORE : RLIMIT_AS;
  struct rlimit limit;
  if (getrlimit(kind, &limit) != 0) return errno;
  if (bytes < limit.rlim_max) limit.rlim_max = bytes;
  if (bytes < limit.rlim_cur) limit.rlim_cur = bytes;
  return setrlimit(kind, &limit) == 0 ? 0 : errno;
}

int csandbox_forgo_privileges(void) {
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno;
}

int csandbox_drop_capabilities(void) {
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
  if (syscall(SYS_capget, &header, sets) != 0) return errno;
  const uint32_t kept = CAP_TO_MASK(CAP_DAC_READ_SEARCH);
  for (int word = 0; word < _LINUX_CAPABILITY_U32S_3; word++) {
    sets[word].permitted &= word == CAP_TO_INDEX(CAP_DAC_READ_SEARCH) ? kept : 0;
    sets[word].effective &= sets[word].permitted;
    sets[word].inheritable = 0;
  }
  return syscall(SYS_capset, &header, sets) == 0 ? 0 : errno;
}
