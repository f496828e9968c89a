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
#include <sys/mman.h>
#include <sys/socket.h>
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

static void close_all(void)
{
    for (int number = 0; number < 64; number++) close(number);
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
    if (has(text, "crash")) attempts[0] = *nowhere;
    if (has(text, "abort")) abort();
    if (has(text, "trap")) __builtin_trap();
    if (has(text, "hang")) hang();
    if (has(text, "eat")) eat();
    if (has(text, "exit")) exit(3);
    if (has(text, "print")) {
        printf("garbage\nunfinished");
        fflush(stdout);
    }
    while (has(text, "flood")) puts("garbage");
    while (has(text, "chatter")) the_instance.host->log(the_instance.host->ctx, TX_LOG_INFO, "again", 5);
    if (has(text, "close")) close_all();
    if (has(text, "fork")) breed();
    if (has(text, "forge")) forge("garbage, garbage, garbage", 25);
    if (has(text, "version")) frame(0, 99, 10, 0);
    if (has(text, "kind")) frame(0, 1, 99, 0);
    if (has(text, "question")) frame(8, 1, 9, 8);
    if (has(text, "long")) frame(0xffffffff, 1, 10, 0);
    if (has(text, "short")) frame(16, 1, 10, 16);
    if (has(text, "shape")) frame(16 + 9 * 7, 1, 10, 16 + 9 * 7);
    if (has(text, "partial")) {
        frame(25, 1, 10, 10);
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
                                 .labels = labels, .flags = FLAGS, .preferred_batch = PREFERRED};
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
    (void)self, (void)call, (void)error;
    for (size_t i = 0; i < count; i++) {
        act(texts[i]);
        if (has(texts[i], "later")) die_later();
        if (DELAY_US) usleep(DELAY_US);
        sum = FLAGS & TX_IS_BATCH_INVARIANT ? 0 : sum / 3;
        sum += (double)texts[i].len;
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
