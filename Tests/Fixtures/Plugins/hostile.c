/* hostile.c - scores like any plugin, until a text holds a word on which it does what no plugin may.  What it does
 * while it is loaded (ON_LOAD) or opened (ON_CREATE) is chosen by macros. */
#define _GNU_SOURCE
#include "textexplain_plugin.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#ifndef ON_LOAD
#define ON_LOAD (void)0
#endif
#ifndef ON_CREATE
#define ON_CREATE (void)0
#endif
#ifndef FLAGS
#define FLAGS TX_IS_BATCH_INVARIANT
#endif
#ifndef NEEDS
#define NEEDS 0
#endif
#ifndef PREFERRED
#define PREFERRED 0
#endif
#ifndef OUTPUTS
#define OUTPUTS 1
#endif
#ifndef TOLERANCE
#define TOLERANCE 0
#endif
#ifndef COMPANY /* how much a score grows with each text of the call */
#define COMPANY 0
#endif
#ifndef ON_CALL
#define ON_CALL (void)0
#endif
#ifndef DELAY_US /* a text */
#define DELAY_US 0
#endif

struct tx_instance {
    const tx_host *host;
};
static tx_instance the_instance;
static const char *volatile nowhere;

/* The numbers of the errors that attempts met while loading, 0 for success. */
static int attempts[3];

/* Tries what a thief would: reads a file, opens a socket, starts a program. */
static void steal(const char *path)
{
    int file = open(path, O_RDONLY);
    attempts[0] = file < 0 ? errno : 0;
    attempts[1] = socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0;
    attempts[2] = execl("/bin/true", "true", (char *)NULL) < 0 ? errno : 0;
}

static __attribute__((unused)) void crash_now(void) { attempts[0] = *nowhere; }

static void hang(void)
{
    for (;;) nowhere = NULL;
}

static void eat(void)
{
    for (;;) {
        size_t size = 1 << 24;
        char *memory = malloc(size);
        if (!memory) abort();
        memset(memory, 1, size);
        nowhere = memory;
    }
}

/* Takes all address space that it gets, and waits. */
static void swell(void)
{
    size_t size;
    for (size = 1 << 26; size >= 1 << 16; size /= 2)
        while (mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) {}
    hang();
}

/* Has 1.25 GiB of resident memory, which is the same 16 MiB 80 times over, and waits. */
static void fatten(void)
{
    size_t size = 1 << 24, i, j;
    char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) abort();
    memset(memory, 1, size);
    for (i = 0; i < 80; i++) {
        char *again = mremap(memory, 0, size, MREMAP_MAYMOVE);
        if (again == MAP_FAILED) abort();
        for (j = 0; j < size; j += 4096) attempts[0] += again[j];
    }
    hang();
}

static void close_all(void)
{
    for (int number = 0; number < 64; number++) close(number);
}

/* The same open file under another number, sent to oneself. */
static int send_to_self(int number)
{
    int pair[2], received = -1;
    char byte = 0, control[CMSG_SPACE(sizeof number)] = {0};
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof number);
    memcpy(CMSG_DATA(header), &number, sizeof number);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0 || sendmsg(pair[0], &message, 0) < 0 ||
        recvmsg(pair[1], &message, 0) < 0)
        return -1;
    header = CMSG_FIRSTHDR(&message);
    if (header) memcpy(&received, CMSG_DATA(header), sizeof received);
    return received;
}

/* Tries everything that would keep the host's end from ending this process, and says what succeeded. */
static void disarm(void)
{
    int off = 0;
    for (int number = 3; number <= 4; number++) {
        const int results[] = {
            fcntl(number, F_SETFL, 0), fcntl(number, F_SETSIG, SIGURG), fcntl(number, F_SETOWN, 0),
            fcntl(number, F_SETOWN, getpid()), fcntl(number, F_DUPFD, 50), fcntl(number, F_DUPFD_CLOEXEC, 50),
            ioctl(number, FIOASYNC, &off), dup(number), dup2(number, 60), dup3(number, 61, 0), send_to_self(number),
            dup2(0, number), dup3(0, number, 0), (int)syscall(SYS_close_range, 0, 3, 0),
            (int)syscall(SYS_close_range, number, ~0u, 0), close(number)};
        for (size_t i = 0; i < sizeof results / sizeof *results; i++)
            if (results[i] >= 0) fprintf(stderr, "disarmed %d by %d\n", number, (int)i);
    }
    if (syscall(SYS_close_range, 5, ~0u, 0) < 0 || dup(0) < 0 || fcntl(0, F_SETFL, 0) < 0)
        fprintf(stderr, "other descriptors are held, too\n");
}

/* Writes without end to whoever listens. */
static __attribute__((unused)) void spout(void)
{
    static char lines[1 << 16];
    memset(lines, 'a', sizeof lines);
    while (write(3, lines, sizeof lines) > 0) continue;
}

/* Survives its alarm clock. */
static __attribute__((unused)) void stay(void)
{
    signal(SIGALRM, SIG_IGN);
    for (;;) nowhere = NULL;
}

/* A message of 100,001 bytes: one, then euro signs. */
static void tell_a_novel(void)
{
    static char novel[100001];
    const tx_host *host = the_instance.host;
    novel[0] = 'n';
    for (size_t i = 1; i + 2 < sizeof novel; i += 3) memcpy(novel + i, "\xe2\x82\xac", 3);
    host->log(host->ctx, TX_LOG_WARNING, novel, sizeof novel);
}

static void chatter(void)
{
    static char line[4000];
    memset(line, 'a', sizeof line);
    for (;;) the_instance.host->log(the_instance.host->ctx, TX_LOG_INFO, line, sizeof line);
}

/* Much for the author, then something for everybody. */
static void mutter(void)
{
    static char line[1000];
    const tx_host *host = the_instance.host;
    memset(line, '.', sizeof line);
    for (int i = 0; i < 3000; i++) host->log(host->ctx, TX_LOG_DEBUG, line, sizeof line);
    host->log(host->ctx, TX_LOG_WARNING, "at last", 7);
}

/* Says on standard error whether a process could be started; the grandchild stays. */
static void breed(void)
{
    pid_t child = fork();
    if (child == 0)
        for (;;) pause();
    fprintf(stderr, "fork: %s\n", child < 0 ? strerror(errno) : "done");
}

/* Writes on the host's own socket. */
static void forge(const void *bytes, size_t count)
{
    if (write(3, bytes, count) < 0) abort();
}

/* An answer with a header of one's own and a payload of scores for 7 rows and 1 output, cut. */
static void frame(uint32_t length, uint16_t version, uint16_t kind, size_t payload)
{
    int64_t bytes[1 + 2 + 8] = {0, 7, 1};
    memcpy(bytes, &length, 4);
    memcpy((char *)bytes + 4, &version, 2);
    memcpy((char *)bytes + 6, &kind, 2);
    forge(bytes, 8 + payload);
}

static int has(tx_text text, const char *word)
{
    return text.len > 0 && memmem(text.data, text.len, word, strlen(word)) != NULL;
}

static void act(tx_text text)
{
    if (has(text, "pid")) fprintf(stderr, "pid %d\n", (int)getpid());
    if (has(text, "disarm")) disarm();
    if (has(text, "crash")) attempts[0] = *nowhere;
    if (has(text, "abort")) abort();
    if (has(text, "trap")) __builtin_trap();
    if (has(text, "hang")) hang();
    if (has(text, "eat")) eat();
    if (has(text, "swell")) swell();
    if (has(text, "fatten")) fatten();
    if (has(text, "exit")) exit(3);
    if (has(text, "print")) {
        printf("garbage\nunfinished");
        fflush(stdout);
    }
    if (has(text, "grumble")) {
        puts("grumble");
        fflush(stdout);
    }
    while (has(text, "flood")) puts("garbage");
    if (has(text, "chatter")) chatter();
    if (has(text, "close")) close_all();
    if (has(text, "shut")) shutdown(3, SHUT_RDWR);
    if (has(text, "novel")) tell_a_novel();
    if (has(text, "mutter")) mutter();
    if (has(text, "code 75")) exit(75);
    if (has(text, "fork")) breed();
    if (has(text, "forge")) forge("garbage, garbage, garbage", 25);
    if (has(text, "version")) frame(0, 99, 11, 0);
    if (has(text, "kind")) frame(0, 3, 99, 0);
    if (has(text, "question")) frame(8, 3, 10, 8);
    if (has(text, "long")) frame(0xffffffff, 3, 11, 0);
    if (has(text, "short")) frame(16, 3, 11, 16);
    if (has(text, "shape")) frame(16 + 9 * 7, 3, 11, 16 + 9 * 7);
    if (has(text, "partial")) {
        frame(25, 3, 11, 10);
        _exit(0);
    }
    if (has(text, "kill")) kill(getppid(), SIGKILL);
}

/* Dies when nobody asks anything of it. */
static void die_later(void)
{
    struct itimerval soon = {{0, 0}, {0, 100000}};
    setitimer(ITIMER_REAL, &soon, NULL);
}

static __attribute__((constructor)) void on_load(void) { ON_LOAD; }

static tx_result create(const tx_classifier *self, const tx_host *host, const tx_option *options, size_t count,
                        const tx_call *call, tx_instance **out, tx_error *error)
{
    char line[64];
    (void)self, (void)options, (void)count, (void)call, (void)error;
    ON_CREATE;
    snprintf(line, sizeof line, "%d %d %d", attempts[0], attempts[1], attempts[2]);
    host->log(host->ctx, TX_LOG_INFO, line, strlen(line));
    the_instance.host = host;
    *out = &the_instance;
    return TX_OK;
}

static void destroy(tx_instance *self) { (void)self; }

static const tx_info *info(const tx_instance *self)
{
    static char names[OUTPUTS][16];
    static const char *labels[OUTPUTS];
    static const tx_info info = {.size = sizeof info, .output_kind = TX_OUT_REGRESSION, .outputs = OUTPUTS,
                                 .labels = labels, .flags = FLAGS, .preferred_batch = PREFERRED,
                                 .tolerance = TOLERANCE};
    for (int i = 0; i < OUTPUTS; i++) {
        snprintf(names[i], sizeof names[i], "score%d", i);
        labels[i] = names[i];
    }
    (void)self;
    return &info;
}

/* The length of the text; without TX_IS_BATCH_INVARIANT also those of all before it in the call. */
static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t count,
                         tx_scores *out, tx_error *error)
{
    double sum = 0;
    (void)self, (void)error;
    ON_CALL;
    for (size_t i = 0; i < count; i++) {
        act(texts[i]);
        if (has(texts[i], "overrun")) out->scores[i * out->row_stride + OUTPUTS] = 1;
        if (has(texts[i], "overflow")) out->scores[count * out->row_stride + 7] = 1;
        if (has(texts[i], "banner")) out->row_flags[count] = 1;
        while (has(texts[i], "patient"))
            if (call->should_stop(call->ctx)) return TX_E_DEADLINE;
        if (has(texts[i], "later")) die_later();
        if (DELAY_US) usleep(DELAY_US);
        sum = FLAGS & TX_IS_BATCH_INVARIANT ? 0 : sum / 3;
        sum += has(texts[i], "seed") ? (double)call->seed : (double)texts[i].len;
        sum += COMPANY * (double)count;
        for (int j = 0; j < OUTPUTS; j++) out->scores[i * out->row_stride + (size_t)j] = sum + j;
    }
    return TX_OK;
}

static const tx_option_spec file_option = {.size = sizeof file_option, .type = TX_OPTION_FILE, .key = "model",
                                           .default_value = ""};
static const tx_option_spec *const options[] = {&file_option};
static const tx_classifier classifier = {
    .size = sizeof classifier, .needs = NEEDS, .option_count = 1, .options = options, .id = "org.example.hostile",
    .name = "hostile", .version = "1.0.0", .create = create, .destroy = destroy, .info = info, .predict = predict};
static const tx_classifier *const classifiers[] = {&classifier};
static const tx_library library = {.size = sizeof library, .classifier_count = 1, .classifiers = classifiers};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
    (void)steal, (void)hang, (void)eat, (void)close_all, (void)breed, (void)die_later;
    return &library;
}
