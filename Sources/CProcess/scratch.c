#define _GNU_SOURCE
#include "cprocess.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A signal handler may meet any state of these, and no lock. */
static _Atomic(const char *) folders[64];

int cprocess_remember_folder(const char *path)
{
    for (int i = 0; i < (int)(sizeof folders / sizeof *folders); i++) {
        const char *none = NULL;
        if (atomic_compare_exchange_strong(&folders[i], &none, path)) return i;
    }
    return -1;
}

void cprocess_forget_folder(int place)
{
    if (place >= 0) atomic_store(&folders[place], NULL);
}

/* What the kernel writes for each entry of a folder; the C library's readdir() takes memory and locks. */
struct entry {
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type;
    char name[];
};

enum { DEEPEST = 32 };

static int is_itself_or_parent(const char *name)
{
    return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

static void empty(int folder, int depth)
{
    _Alignas(struct entry) char room[2048];
    long count;
    while ((count = syscall(SYS_getdents64, folder, room, sizeof room)) > 0) {
        for (long i = 0; i < count;) {
            const struct entry *entry = (const struct entry *)(room + i);
            i += entry->length;
            if (is_itself_or_parent(entry->name)) continue;
            if (entry->type == DT_DIR && depth < DEEPEST) {
                int inner = openat(folder, entry->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
                if (inner >= 0) {
                    empty(inner, depth + 1);
                    close(inner);
                }
            }
            unlinkat(folder, entry->name, entry->type == DT_DIR ? AT_REMOVEDIR : 0);
        }
    }
}

void cprocess_remove_folders(void)
{
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *path = atomic_load(&folders[i]);
        if (!path) continue;
        int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (folder < 0) continue;
        empty(folder, 0);
        close(folder);
        rmdir(path);
    }
}
