/* An older kernel, to be preloaded: the sandbox makes its calls through the C library's syscall().
 *
 *   KERNEL_LANDLOCK=n       has version n of Landlock at most; 0: none
 *   KERNEL_FILTER=0         has no seccomp filter
 *   KERNEL_CAPABILITIES=0   drops no capabilities, and says that it did */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static long setting(const char *name, long otherwise) {
  const char *value = getenv(name);
  return value ? atol(value) : otherwise;
}

__attribute__((visibility("default"))) long syscall(long number, ...) {
  long a[6];
  va_list list;
  va_start(list, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(list, long);
  va_end(list);

  long (*next)(long, ...);
  *(void **)&next = dlsym(RTLD_NEXT, "syscall");
  const long newest = setting("KERNEL_LANDLOCK", 1000);
  if (number == 444 && newest == 0) {
    errno = ENOSYS;
    return -1;
  }
  if (number == 444 && a[2] == 1) {
    const long version = next(number, a[0], a[1], a[2]);
    return version > newest ? newest : version;
  }
  if (number == SYS_seccomp && setting("KERNEL_FILTER", 1) == 0) {
    errno = ENOSYS;
    return -1;
  }
  if (number == SYS_capset && setting("KERNEL_CAPABILITIES", 1) == 0) return 0;
  return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
