#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/fscrypt.h>
#include <linux/fsverity.h>
#include <linux/seccomp.h>
#include <fcntl.h>
#include <sched.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "csandbox.h"
#include "denied.h"

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifndef OWN_ARCHITECTURE

int csandbox_filter_available(void) { return ENOSYS; }
int csandbox_filter(uint32_t allowed, const struct csandbox_held *held) {
  (void)allowed, (void)held;
  return ENOSYS;
}

#else

enum { CAPACITY = 512 };

/* A program in the making. Between blocks the accumulator holds the number of the system call. */
struct program {
  struct sock_filter code[CAPACITY];
  unsigned short length;
};

/* Refusals are errors: a program that asks for more than it needs goes on without. */
#define REFUSE(number) (SECCOMP_RET_ERRNO | (number))

static void emit(struct program *p, uint16_t code, uint32_t k, uint8_t if_true, uint8_t if_false) {
  if (p->length < CAPACITY) p->code[p->length] = (struct sock_filter){code, if_true, if_false, k};
  p->length += 1;
}

static void answer(struct program *p, uint32_t action) { emit(p, BPF_RET | BPF_K, action, 0, 0); }

static void load(struct program *p, size_t offset) {
  emit(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/* The low half of an argument: the whole of an int, and where all known flags are. */
static void load_argument(struct program *p, unsigned index) {
  load(p, offsetof(struct seccomp_data, args) + 8 * index);
}

/* Answers where the accumulator, masked, equals a value. The mask is for good. */
static void answer_if(struct program *p, uint32_t value, uint32_t action) {
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
  answer(p, action);
}

/* A block for one system call: it ends with an answer, because the accumulator is lost in it. */
static unsigned short begin(struct program *p, long number) {
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 0);
  return p->length;
}

static void end(struct program *p, unsigned short start) {
  if (start <= CAPACITY) p->code[start - 1].jf = (uint8_t)(p->length - start);
}

/* Allows a system call for some values of an argument only. */
static void restrict_argument(
  struct program *p, long number, unsigned index, uint32_t mask, const uint32_t *values,
  int count) {
  const unsigned short start = begin(p, number);
  load_argument(p, index);
  if (mask != UINT32_MAX) emit(p, BPF_ALU | BPF_AND | BPF_K, mask, 0, 0);
  for (int i = 0; i < count; i++) answer_if(p, values[i], SECCOMP_RET_ALLOW);
  answer(p, REFUSE(EPERM));
  end(p, start);
}

static void check_architecture(struct program *p) {
  load(p, offsetof(struct seccomp_data, arch));
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0);
  answer(p, REFUSE(EPERM));
  load(p, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
  /* The x32 numbers of the same calls. */
  emit(p, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
  answer(p, REFUSE(EPERM));
#endif
  /* Calls that are younger than this list: programs take that for an older kernel. */
  emit(p, BPF_JMP | BPF_JGT | BPF_K, LAST_KNOWN, 0, 1);
  answer(p, REFUSE(ENOSYS));
}

static void restrict_processes(struct program *p, uint32_t allowed) {
  /* Its flags are in memory, where no filter sees them; the C library goes on with clone. */
  const unsigned short clone3 = begin(p, NR_clone3);
  answer(p, REFUSE(ENOSYS));
  end(p, clone3);

  const uint32_t namespaces = 0x7e020000;
  const uint32_t thread[] = {CLONE_THREAD};
  const int ways = allowed & CSANDBOX_ALLOW_THREADS ? 1 : 0;
  restrict_argument(
    p, SYS_clone, 0, CLONE_THREAD | CLONE_PTRACE | CLONE_UNTRACED | namespaces, thread, ways);

  /* abort() and raise() signal this process. */
  const uint32_t own[] = {(uint32_t)getpid(), 0};
  restrict_argument(p, SYS_kill, 0, UINT32_MAX, own, 1);
  restrict_argument(p, SYS_tkill, 0, UINT32_MAX, own, 1);
  restrict_argument(p, SYS_tgkill, 0, UINT32_MAX, own, 1);
  restrict_argument(p, SYS_rt_sigqueueinfo, 0, UINT32_MAX, own, 1);
  restrict_argument(p, SYS_rt_tgsigqueueinfo, 0, UINT32_MAX, own, 1);
  restrict_argument(p, SYS_prlimit64, 0, UINT32_MAX, own, 2);

  const uint32_t query[] = {UINT32_MAX};
  restrict_argument(p, SYS_personality, 0, UINT32_MAX, query, 1);
}

/* A block for the numbers from `first` to `last`; it ends with an answer, too. */
static unsigned short begin_between(struct program *p, uint32_t first, uint32_t last) {
  emit(p, BPF_JMP | BPF_JGE | BPF_K, first, 0, 0);
  emit(p, BPF_JMP | BPF_JGT | BPF_K, last, 0, 0);
  return p->length;
}

static void end_between(struct program *p, unsigned short start) {
  if (start > CAPACITY) return;
  p->code[start - 2].jf = (uint8_t)(p->length - start + 1);
  p->code[start - 1].jt = (uint8_t)(p->length - start);
}

/* Refuses a system call that has a held descriptor as one of its first arguments. */
static void refuse_held(
  struct program *p, long number, unsigned arguments, const struct csandbox_held *held) {
  const unsigned short start = begin(p, number);
  for (unsigned i = 0; i < arguments; i++) {
    load_argument(p, i);
    const unsigned short own = begin_between(p, held->first, held->last);
    answer(p, REFUSE(EPERM));
    end_between(p, own);
  }
  answer(p, SECCOMP_RET_ALLOW);
  end(p, start);
}

/*
 * The host's descriptors stay open and as they are: on one hangs the signal that ends this process
 * with its host. A duplicate is the same open file, and could be changed in its place.
 */
static void hold_descriptors(struct program *p, const struct csandbox_held *held) {
  refuse_held(p, SYS_close, 1, held);
  refuse_held(p, SYS_dup, 1, held);
#ifdef SYS_dup2
  refuse_held(p, SYS_dup2, 2, held);
#endif
  refuse_held(p, SYS_dup3, 2, held);

  const unsigned short range = begin(p, NR_close_range);
  load_argument(p, 0);
  emit(p, BPF_JMP | BPF_JGT | BPF_K, held->last, 0, 1);
  answer(p, SECCOMP_RET_ALLOW);
  load_argument(p, 1);
  emit(p, BPF_JMP | BPF_JGE | BPF_K, held->first, 0, 1);
  answer(p, REFUSE(EPERM));
  answer(p, SECCOMP_RET_ALLOW);
  end(p, range);
}

/* Descriptors can name a process that gets a signal when something is to be read. */
static void restrict_descriptors(struct program *p, const struct csandbox_held *held) {
  const unsigned short file = begin(p, SYS_fcntl);
  if (held) {
    load_argument(p, 0);
    const unsigned short own = begin_between(p, held->first, held->last);
    load_argument(p, 1);
    answer_if(p, F_GETFD, SECCOMP_RET_ALLOW);
    answer_if(p, F_GETFL, SECCOMP_RET_ALLOW);
    answer(p, REFUSE(EPERM));
    end_between(p, own);
  }
  load_argument(p, 1);
  answer_if(p, F_SETOWN_EX, REFUSE(EPERM));
  answer_if(p, F_SETSIG, REFUSE(EPERM));
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, F_SETOWN, 1, 0);
  answer(p, SECCOMP_RET_ALLOW);
  load_argument(p, 2);
  answer_if(p, (uint32_t)getpid(), SECCOMP_RET_ALLOW);
  answer(p, REFUSE(EPERM));
  end(p, file);

  const unsigned short device = begin(p, SYS_ioctl);
  load_argument(p, 1);
  answer_if(p, FIOSETOWN, REFUSE(EPERM));
  answer_if(p, SIOCSPGRP, REFUSE(EPERM));
  answer_if(p, FIOASYNC, REFUSE(EPERM));
  /* Typing into the terminal that an inherited descriptor may be. */
  answer_if(p, TIOCSTI, REFUSE(EPERM));
  answer_if(p, TIOCLINUX, REFUSE(EPERM));
  /* Properties of files that are open for reading only. */
  answer_if(p, FS_IOC_SETFLAGS, REFUSE(EPERM));
  answer_if(p, FS_IOC_FSSETXATTR, REFUSE(EPERM));
  answer_if(p, FS_IOC_ENABLE_VERITY, REFUSE(EPERM));
  answer_if(p, FS_IOC_SET_ENCRYPTION_POLICY, REFUSE(EPERM));
  answer(p, SECCOMP_RET_ALLOW);
  end(p, device);
}

static void restrict_sockets(struct program *p, uint32_t allowed) {
  if (allowed & CSANDBOX_ALLOW_NETWORK) {
    const uint32_t families[] = {AF_INET, AF_INET6};
    restrict_argument(p, SYS_socket, 0, UINT32_MAX, families, 2);
  } else {
    for (size_t i = 0; i < sizeof network_calls / sizeof *network_calls; i++)
      answer_if(p, (uint32_t)network_calls[i], REFUSE(EPERM));
  }
  /*
   * A pair reaches nobody outside, if it is connected: a datagram of the other kind can be sent to
   * any named socket of this user (such as /dev/log), because its address is in memory, where no
   * filter sees it.
   */
  const unsigned short pair = begin(p, SYS_socketpair);
  load_argument(p, 0);
  emit(p, BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0);
  answer(p, REFUSE(EPERM));
  load_argument(p, 1);
  emit(p, BPF_ALU | BPF_AND | BPF_K, 0xf, 0, 0);
  answer_if(p, SOCK_STREAM, SECCOMP_RET_ALLOW);
  answer_if(p, SOCK_SEQPACKET, SECCOMP_RET_ALLOW);
  answer(p, REFUSE(EPERM));
  end(p, pair);
}

int csandbox_filter_available(void) {
  const uint32_t action = SECCOMP_RET_ERRNO;
  const int flags = 0;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, flags, &action) == 0 ? 0 : ENOSYS;
}

int csandbox_filter(uint32_t allowed, const struct csandbox_held *held) {
  struct program program = {.length = 0};
  struct program *const p = &program;
  check_architecture(p);
  for (size_t i = 0; i < sizeof denied_calls / sizeof *denied_calls; i++)
    answer_if(p, (uint32_t)denied_calls[i], REFUSE(EPERM));
  if (!(allowed & CSANDBOX_ALLOW_MEMORY_FILES)) {
    answer_if(p, SYS_memfd_create, REFUSE(EPERM));
    answer_if(p, NR_memfd_secret, REFUSE(EPERM));
  }
  restrict_processes(p, allowed);
  if (held) hold_descriptors(p, held);
  restrict_descriptors(p, held);
  restrict_sockets(p, allowed);
  answer(p, SECCOMP_RET_ALLOW);
  if (p->length > CAPACITY) return E2BIG;

  const struct sock_fprog filter = {p->length, p->code};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0 ? 0 : errno;
}

#endif
