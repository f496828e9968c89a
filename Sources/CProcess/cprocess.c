#define _GNU_SOURCE
#include "cprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int cprocess_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cprocess_socket_pair(int ends[2]) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends); }

int cprocess_duplicate(int descriptor, int lowest) { return fcntl(descriptor, F_DUPFD_CLOEXEC, lowest); }

int cprocess_close_from(posix_spawn_file_actions_t *actions, int first)
{
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

/* Not PR_SET_PDEATHSIG, which fires when the spawning thread ends. */
int cprocess_die_with(int pipe_reading_end)
{
    char byte;
    if (fcntl(pipe_reading_end, F_SETOWN, -getpgrp()) < 0) return -1;
    if (fcntl(pipe_reading_end, F_SETSIG, SIGKILL) < 0) return -1;
    if (fcntl(pipe_reading_end, F_SETFL, O_ASYNC | O_NONBLOCK) < 0) return -1;
    if (fcntl(pipe_reading_end, F_SETFD, FD_CLOEXEC) < 0) return -1;
    /* Whoever closed it before it was armed sends no signal any more. */
    if (read(pipe_reading_end, &byte, 1) == 0) return 1;
    return errno == EAGAIN ? 0 : -1;
}

char **cprocess_environment(void) { return environ; }

/* SIGPIPE goes to the thread that writes, so that it is enough to take it from there. One that was pending before
 * stays so. */
long cprocess_write(int descriptor, const void *bytes, size_t count)
{
    sigset_t pipe_signal, previous, pending;
    const struct timespec now = {0, 0};
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigpending(&pending);
    int was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &previous);
    long written = write(descriptor, bytes, count);
    int reason = errno;
    if (written < 0 && reason == EPIPE && !was_pending)
        while (sigtimedwait(&pipe_signal, NULL, &now) < 0 && errno == EINTR) {}
    pthread_sigmask(SIG_SETMASK, &previous, NULL);
    errno = reason;
    return written;
}

int cprocess_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int cprocess_seal(int descriptor)
{
    return fcntl(descriptor, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
}
