/*
 * CSandbox: how the calling thread gives up what it does not need, behind a header that shows none
 * of Linux.
 *
 * Nothing here can be taken back. Landlock and the filter bind the calling thread and the threads
 * that it starts later, so they belong before the first other thread. Debian 12's kernel headers
 * are older than its users' kernels: structs and numbers that they lack are written out in the
 * sources.
 *
 * Every function returns 0, or a number of errno.h.
 */
#ifndef CSANDBOX_H
#define CSANDBOX_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Lowers a resource limit, soft and hard; one that is lower already stays. */
typedef enum { CSANDBOX_CORE_SIZE, CSANDBOX_ADDRESS_SPACE } csandbox_resource;
int csandbox_limit(csandbox_resource resource, uint64_t bytes);

/* Without this the kernel grants the rest to root alone. */
int csandbox_forgo_privileges(void);

/*
 * Gives up every capability but CAP_DAC_READ_SEARCH, which lets root go on reading what the rules
 * open. Root could raise its limits again otherwise.
 */
int csandbox_drop_capabilities(void);

/* Version of the kernel's Landlock; 0 where it has none, or where a container forbids it. */
int csandbox_landlock_version(int32_t *version);

/*
 * Begins a set of rules under which no file can be opened and no TCP port used, but for what is
 * allowed after it; in newer kernels also no signal and no abstract socket reaches a process
 * outside. Close *rules when done.
 */
int csandbox_landlock_begin(int32_t version, bool allow_network, int32_t *rules);

/* What a rule opens: reading never includes executing, which only execve() would need. */
typedef enum { CSANDBOX_READ, CSANDBOX_READ_WRITE, CSANDBOX_DEVICE } csandbox_access;
/* Opens a file, or a folder with everything below it; symbolic links are followed. */
int csandbox_landlock_allow(
  int32_t rules, int32_t version, const char *path, csandbox_access access);

/* Restricts the calling thread to the rules. */
int csandbox_landlock_enforce(int32_t rules);

/* What a filter of system calls lets through beyond the least. */
enum {
  CSANDBOX_ALLOW_THREADS = 1 << 0,
  CSANDBOX_ALLOW_NETWORK = 1 << 1,
  /* memory that has no address yet, and so is not counted by CSANDBOX_ADDRESS_SPACE */
  CSANDBOX_ALLOW_MEMORY_FILES = 1 << 2
};
/* ENOSYS where the kernel, or this program on its processor, has no filter. */
int csandbox_filter_available(void);

/*
 * Descriptors that can be read from and written to, and neither closed, duplicated nor changed.
 * Where the network is allowed a program can still send itself a duplicate.
 */
struct csandbox_held {
  uint32_t first, last;
};
/* `held` is null where there are none. */
int csandbox_filter(uint32_t allowed, const struct csandbox_held *held);

#ifdef __cplusplus
}
#endif
#endif
