/* What starting and guarding a child process needs of Linux and is out of reach of Swift's importer.
 * Every function answers -1 with the reason in errno where it fails; every descriptor it makes is closed by exec. */
#ifndef CPROCESS_H
#define CPROCESS_H
#include <spawn.h>
#include <stddef.h>

/* A pipe: ends[0] for reading, ends[1] for writing. */
int cprocess_pipe(int ends[2]);

/* Two connected stream sockets. */
int cprocess_socket_pair(int ends[2]);

/* The same file under a number of at least `lowest`. */
int cprocess_duplicate(int descriptor, int lowest);

/* Has the child close all descriptors from `first` on; answers an error number. */
int cprocess_close_from(posix_spawn_file_actions_t *actions, int first);

/* Sends SIGKILL to the caller's process group once nobody holds the other end of a pipe any more.
 * Answers 1 where that is so already. */
int cprocess_die_with(int pipe_reading_end);

/* This process's environment, as it is. */
char **cprocess_environment(void);

/* Writes to a pipe; where nobody reads from it any more, answers -1 with EPIPE and sends no SIGPIPE. */
long cprocess_write(int descriptor, const void *bytes, size_t count);

/* An empty file in memory that can be sealed. */
int cprocess_memory_file(const char *name);

/* Makes a memory file unchangeable for everybody and for good. */
int cprocess_seal(int descriptor);

/* Keeps a folder in mind until it is forgotten; the string has to live as long. Answers its place, -1 where too many
 * are remembered already. */
int cprocess_remember_folder(const char *path);
void cprocess_forget_folder(int place);

/* Removes all remembered folders with what is in them; may be called by a signal handler. */
void cprocess_remove_folders(void);

#endif
