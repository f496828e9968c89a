/* zoo.c - a classifier that keeps the whole contract, with every extension, and one defect for each macro that
 * zoo.txt names.  Without a macro no check finds anything.
 *
 *   z = scale * (bias + the weights of the words)      P(positive) = 1 / (1 + exp(-z))
 *
 * A word is a maximal run of ASCII letters and bytes >= 0x80. */
#define _DEFAULT_SOURCE
#include "textexplain_plugin.h"

#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef MAX_BATCH
#define MAX_BATCH 64
#endif
#ifndef MAX_BYTES
#define MAX_BYTES (1u << 20)
#endif
#define BIAS 0.125

struct tx_instance {
    double scale;
    size_t seen;
    tx_masked *last;
};

struct tx_masked {
    int absent;
    char *text, *filler, *room;
    size_t len, filler_len, count;
    tx_piece *pieces;
};

#ifdef EXPORTS
TX_EXPORT int zoo_helper(void);
int zoo_helper(void) { return 1; }
#endif

#ifdef UNDEFINED
int zoo_missing(void);
#endif

#ifdef PRINTS_WHEN_LOADED
__attribute__((constructor)) static void load(void) { puts("zoo is here"); }
#endif
#if defined STARTS_PROCESSES || defined STARTS_PROCESS_WHEN_LOADED
/* A few times only, for there are checks that make thousands of calls. */
static void start_process(void)
{
    static int started;
    pid_t process;
    if (started++ > 2 || (process = fork()) < 0) return;
    if (process == 0) _exit(0);
    waitpid(process, NULL, 0);
}
#endif
#ifdef STARTS_PROCESS_WHEN_LOADED
__attribute__((constructor)) static void load(void) { start_process(); }
#endif
#ifdef HANDLES_SIGNALS
static void handle(int number) { (void)number; }
__attribute__((constructor)) static void load(void) { signal(SIGUSR1, handle); }
#endif
#ifdef WRITES_WHEN_LOADED
__attribute__((constructor)) static void load(void)
{
    int file = open("/dev/null", O_WRONLY);
    if (write(file, "x", 1) < 0) return;
    close(file);
}
#endif
#ifdef SLEEPS_WHEN_LOADED
__attribute__((constructor)) static void load(void) { pause(); }
#endif
#ifdef ABORTS_WHEN_LOADED
__attribute__((constructor)) static void load(void) { abort(); }
#endif
#ifdef PRINTS_AT_THE_END
__attribute__((destructor)) static void leave(void) { puts("zoo says goodbye"); }
#endif
#ifdef LOADS_FROM_OUTSIDE
__attribute__((constructor)) static void load(void)
{
    int file = open("/etc/passwd", O_RDONLY);
    if (file < 0) abort();
    close(file);
}
#endif

static double weight(const char *word, size_t len)
{
    static const struct {
        const char *word;
        double weight;
    } words[] = {{"good", 1}, {"great", 1.5}, {"love", 0.75}, {"bad", -1}, {"terrible", -2}, {"x", 0.25}, {"the", 0.0625}};
    size_t i;
    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == len && memcmp(words[i].word, word, len) == 0) return words[i].weight;
    return 0;
}

static int is_word_byte(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }

/* Moves *at to the next word and answers its end, or 0 after the last. */
static size_t next_word(const char *text, size_t len, size_t *at)
{
    size_t end;
    while (*at < len && !is_word_byte((unsigned char)text[*at])) ++*at;
    for (end = *at; end < len && is_word_byte((unsigned char)text[end]);) end++;
    return *at < len ? end : 0;
}

static double probability(const tx_instance *self, const char *text, size_t len)
{
    double sum = BIAS;
    size_t at = 0, end;
#ifdef COUNTS_BYTES
    sum += 1e-6 * (double)len;
#endif
    for (; (end = next_word(text, len, &at)) != 0; at = end) sum += weight(text + at, end - at);
#ifdef SLOW
    usleep(SLOW);
#endif
    return 1 / (1 + exp(-self->scale * sum));
}

static tx_result fail(tx_error *error, tx_result code, const char *what, tx_text about)
{
    if (error && TX_HAS(error, tx_error, message) && error->message) {
        size_t head = strlen(what), room = error->capacity, n;
        if (head > room) head = room;
        n = about.len < room - head ? about.len : room - head;
#ifndef CUTS_CHARACTERS
        while (n < about.len && n > 0 && ((unsigned char)about.data[n] & 0xC0) == 0x80) n--;
#endif
        memcpy(error->message, what, head);
        if (n) memcpy(error->message + head, about.data, n);
        error->length = (uint32_t)(head + n);
#ifdef TERMINATES_MESSAGES
        error->message[head + n] = '\0';
#endif
#ifdef OVERRUNS_WHERE_TEXTS_ARE_LONG
        if (code == TX_E_TOO_LONG) error->message[error->capacity] = '\0';
#endif
    }
    return code;
}

static int same(tx_text a, const char *b) { return a.len == strlen(b) && memcmp(a.data, b, a.len) == 0; }

static int read_number(tx_text text, double *value)
{
    char copy[64], *end;
    if (text.len == 0 || text.len >= sizeof copy || memchr(text.data, '\0', text.len)) return 0;
    memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    *value = strtod(copy, &end);
#ifdef TAKES_ANY_NUMBER
    if (!isfinite(*value)) *value = 1;
    return 1;
#endif
    return *end == '\0' && isfinite(*value);
}

static tx_result read_model(tx_text path, tx_error *error)
{
    char name[4096], magic[4] = "";
    FILE *file;
    size_t n;
    if (path.len >= sizeof name || memchr(path.data, '\0', path.len))
        return fail(error, TX_E_OPTION, "no path: ", (tx_text){"model", 5});
    memcpy(name, path.data, path.len);
    name[path.len] = '\0';
    file = fopen(name, "r");
    if (!file) return fail(error, TX_E_MODEL, "cannot read ", path);
    n = fread(magic, 1, 4, file);
    fclose(file);
#ifdef CRASHES_ON_EMPTY_MODEL
    if (n == 0) abort();
#endif
    return n == 4 && memcmp(magic, "ZOO\n", 4) == 0 ? TX_OK : fail(error, TX_E_MODEL, "not a model: ", path);
}

static tx_result create(const tx_classifier *classifier, const tx_host *host, const tx_option *options, size_t count,
                        const tx_call *call, tx_instance **out, tx_error *error)
{
    double scale = 1;
    tx_result code;
    size_t i;
    (void)classifier, (void)call, (void)host;
    for (i = 0; i < count; i++) {
        if (same(options[i].key, "scale")) {
            if (!read_number(options[i].value, &scale))
                return fail(error, TX_E_OPTION, "not a number: ", options[i].key);
        } else if (same(options[i].key, "model")) {
            code = read_model(options[i].value, error);
            if (code != TX_OK) return code;
        } else {
#ifndef ACCEPTS_UNKNOWN
            return fail(error, TX_E_OPTION, "unknown option: ", options[i].key);
#endif
        }
    }
#ifdef PRINTS
    puts("a zoo was opened");
#endif
#ifdef LEAKS_MEMORY
    {
        char *lost = malloc(8192);
        if (!lost) return TX_E_NOMEM;
        memset(lost, 1, 8192);
    }
#endif
#ifdef LEAKS_A_LITTLE
    {
        void *volatile lost = malloc(24);
        if (!lost) return TX_E_NOMEM;
    }
#endif
#ifdef LOADS_SLOWLY
    sleep(LOADS_SLOWLY);
#endif
#ifdef LEAKS_DESCRIPTORS
    if (open("/dev/null", O_RDONLY) < 0) return TX_E_INTERNAL;
#endif
#ifdef READS_OUTSIDE
    {
        int file = open("/etc/passwd", O_RDONLY);
        if (file < 0) return fail(error, TX_E_MODEL, "cannot read ", (tx_text){"/etc/passwd", 11});
        close(file);
    }
#endif
#ifdef LOGS_BLINDLY
    host->log(host->ctx, TX_LOG_INFO, "opened", 6);
#endif
#ifdef SHARES_INSTANCE
    {
        static tx_instance only = {1, 0, NULL};
        *out = &only;
        return TX_OK;
    }
#endif
    *out = calloc(1, sizeof **out);
    if (!*out) return TX_E_NOMEM;
    (*out)->scale = scale;
    return TX_OK;
}

static void destroy(tx_instance *self)
{
#ifndef SHARES_INSTANCE
    free(self);
#else
    (void)self;
#endif
}

static const tx_info *info(const tx_instance *self)
{
#if defined TWIN_LABELS
    static const char *const labels[] = {"same", "same"};
#elif defined LATIN_1_LABEL
    static const char *const labels[] = {"negative", "\xe9"};
#else
    static const char *const labels[] = {"negative", "positive"};
#endif
#ifndef INFO_SIZE
#define INFO_SIZE sizeof(tx_info)
#endif
#ifndef PREFERRED
#define PREFERRED 0
#endif
#ifndef OUTPUTS
#define OUTPUTS 2
#endif
#ifndef TOLERANCE
#define TOLERANCE 0
#endif
    static const tx_info info = {.size = INFO_SIZE, .output_kind = TX_OUT_PROBABILITY, .outputs = OUTPUTS,
                                 .labels = labels, .flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT,
#ifdef SLOW
                                 .typical_cost_us = SLOW,
#endif
                                 .preferred_batch = PREFERRED, .max_batch = MAX_BATCH, .max_text_bytes = MAX_BYTES,
                                 .tolerance = TOLERANCE};
    (void)self;
    return &info;
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static tx_result stopped(const tx_call *call)
{
    if (!call) return TX_OK;
#ifdef READS_PAST_SIZE
    if (call->should_stop && call->should_stop(call->ctx)) return TX_E_CANCELLED;
#endif
#ifndef IGNORES_CANCEL
    if (TX_HAS(call, tx_call, should_stop) && call->should_stop && call->should_stop(call->ctx))
        return TX_E_CANCELLED;
#endif
#ifndef IGNORES_DEADLINE
    if (TX_HAS(call, tx_call, deadline_ns) && call->deadline_ns && now_ns() >= call->deadline_ns)
        return TX_E_DEADLINE;
#endif
    return TX_OK;
}

/* What some defects need: work that takes long. */
static tx_result work(const tx_call *call, const tx_text *texts, size_t count)
{
#ifdef WORKS_MS /* of processor time between two questions */
    clock_t until;
    int part;
    if (count < 64) return TX_OK;
    for (part = 0; part < 20; part++) {
        for (until = clock() + WORKS_MS * (CLOCKS_PER_SEC / 1000); clock() < until;) {}
        if (stopped(call) != TX_OK) return stopped(call);
    }
#endif
#if defined IGNORES_CANCEL || defined IGNORES_DEADLINE || defined ASKS_LATE
    size_t total = 0, i;
    uint64_t end;
    for (i = 0; i < count; i++) total += texts[i].len;
    if (total < 400000) return TX_OK;
#ifdef ASKS_LATE
    usleep(180000);
    return TX_OK;
#endif
    for (end = now_ns() + 400000000u; now_ns() < end; usleep(5000))
        if (stopped(call) != TX_OK) return stopped(call);
#endif
    (void)call, (void)texts, (void)count, (void)now_ns;
    return TX_OK;
}

static int contains(tx_text text, const char *part)
{
    size_t n = strlen(part), i;
    for (i = 0; i + n <= text.len; i++)
        if (memcmp(text.data + i, part, n) == 0) return 1;
    return 0;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t count, tx_scores *out,
                         tx_error *error)
{
    size_t i;
    tx_result code = TX_OK;
#ifdef STARTS_PROCESSES
    start_process();
#endif
#ifndef ASKS_LATE
    code = stopped(call);
#endif
    if (code == TX_OK) code = work(call, texts, count);
    if (code != TX_OK) return code;
#ifdef CRASHES_ON_EMPTY_BATCH
    if (count == 0) abort();
#endif
#ifdef EXITS
    if (count == 0) exit(3);
#endif
#ifdef HANGS_ON_EMPTY_BATCH
    while (count == 0) usleep(1000);
#endif
    for (i = 0; i < count; i++) {
        tx_text text = texts[i];
        double *row = out->scores + i * out->row_stride;
        double p;
#ifdef IGNORES_STRIDE
        row = out->scores + i * 2;
#endif
#ifdef FAILS_ON_BOM
        if (text.len >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0) return TX_E_INTERNAL;
#endif
#ifdef FAILS_ON_PLANE_16
        if (contains(text, "\xf4\x8f")) return TX_E_INTERNAL;
#endif
#ifdef CRASHES_ON_SURROGATES
        if (contains(text, "\xed\xa0")) abort();
#endif
#ifdef CRASHES_ON_HUGE
        if (text.len > (32u << 20)) abort();
#endif
#ifdef READS_PAST_END
        if (text.data) (void)*(volatile const char *)(text.data + text.len);
#endif
#ifdef ENDS_AT_NUL
        if (text.data) text.len = strnlen(text.data, text.len);
#endif
#ifdef LIMIT_OFF_BY_ONE
        if (text.len >= MAX_BYTES) return fail(error, TX_E_TOO_LONG, "too long", (tx_text){"", 0});
#endif
        if (text.len > MAX_BYTES) return fail(error, TX_E_TOO_LONG, "too long", (tx_text){"", 0});
#ifdef CUTS_TEXTS
        if (text.len > 20000) text.len = 20000;
#endif
        p = probability(self, text.data, text.len);
#ifdef USES_STATIC_MEMORY
        {
            static volatile double shared;
            shared = p;
            sched_yield();
            p = shared;
        }
#endif
#ifdef DEPENDS_ON_PROCESS
        p += 1e-12 * (getpid() % 1000 + 1);
#endif
#ifdef DEPENDS_ON_BATCH
        p += 1e-12 * (double)count;
#endif
#ifdef DEPENDS_ON_HISTORY
        if (++self->seen > 600) p += 1e-12;
#endif
#ifdef DEPENDS_ON_SEED
        if (call && TX_HAS(call, tx_call, seed)) p += 1e-12 * (double)(call->seed & 1);
#endif
        row[1] = p;
        row[0] = 1 - p;
#ifdef SUMS_TO_LESS
        row[0] *= 0.9, row[1] *= 0.9;
#endif
#ifdef NAN_ON_NUMBERS
        if (text.len == 2 && memcmp(text.data, "42", 2) == 0) row[0] = row[1] = NAN;
#endif
#ifndef ASKS_LATE
        code = i % 8 == 7 ? stopped(call) : TX_OK;
#endif
        if (code != TX_OK) return code;
    }
    (void)contains;
    return TX_OK;
}

static tx_result tokenize(tx_instance *self, tx_text text, const tx_sink *sink, tx_error *error)
{
    size_t at = 0, end;
    tx_token first = {0, 0, 0, TX_TOKEN_SPECIAL, 0};
    (void)self, (void)error;
#ifdef IGNORES_SINK
    sink->put(sink->ctx, &first, 1);
#else
    if (sink->put(sink->ctx, &first, 1) < 0) return TX_E_HOST;
#endif
    for (; (end = next_word(text.data, text.len, &at)) != 0; at = end) {
        tx_token token = {at, end, (int64_t)(end - at), 0, 0};
#ifdef TOKENS_OVERLAP
        if (at > 0) token.begin--;
        if (end < text.len) token.end++;
#endif
#ifdef IGNORES_SINK
        sink->put(sink->ctx, &token, 1);
#else
        if (sink->put(sink->ctx, &token, 1) < 0) return TX_E_HOST;
#endif
    }
    return TX_OK;
}

static tx_result terms(tx_instance *self, tx_text text, uint32_t output, double *bias, const tx_sink *sink,
                       tx_error *error)
{
    double sign = output == 1 ? self->scale : -self->scale;
    size_t at = 0, end;
    (void)error;
    *bias = sign * BIAS;
#ifdef FORGETS_BIAS
    *bias = 0;
#endif
    for (; (end = next_word(text.data, text.len, &at)) != 0; at = end) {
        tx_term term = {at, end, sign * weight(text.data + at, end - at), -1};
        if (sink->put(sink->ctx, &term, 1) < 0) return TX_E_HOST;
    }
    return TX_OK;
}

static void release(tx_instance *self, tx_masked *masked)
{
    if (self->last == masked) self->last = NULL;
#ifndef LEAKS_PREPARED_TEXTS
    free(masked->text);
#endif
    free(masked->filler);
    free(masked->room);
    free(masked->pieces);
    free(masked);
}

static void *copy(const void *data, size_t len, size_t room)
{
    void *result = malloc(room + 1);
    if (result && len) memcpy(result, data, len);
    return result;
}

static tx_result prepare(tx_instance *self, const tx_call *call, const tx_masking *what, tx_masked **out,
                         tx_error *error)
{
    tx_masked *masked;
    tx_result code = TX_OK;
    (void)call, (void)error;
#ifdef MASKS_READ_PAST_SIZE
    if (what->size != sizeof *what) return TX_E_ARGUMENT;
#endif
#ifndef MASKS_IGNORE_CANCEL
    code = stopped(call);
#endif
    if (code != TX_OK) return code;
    if (what->absent != TX_ABSENT_REMOVE && what->absent != TX_ABSENT_REPLACE) {
#ifdef THROWS
        abort();
#endif
        return TX_E_UNSUPPORTED;
    }
    if (what->text.len + what->piece_count * what->filler.len > MAX_BYTES) return TX_E_UNSUPPORTED;
    masked = calloc(1, sizeof *masked);
    if (!masked) return TX_E_NOMEM;
    masked->absent = what->absent;
    masked->len = what->text.len;
    masked->filler_len = what->absent == TX_ABSENT_REPLACE ? what->filler.len : 0;
    masked->count = what->piece_count;
    masked->text = copy(what->text.data, masked->len, masked->len);
    masked->filler = copy(what->filler.data, masked->filler_len, masked->filler_len);
    masked->room = copy(NULL, 0, masked->len + masked->count * masked->filler_len);
    masked->pieces = copy(what->pieces, masked->count * sizeof(tx_piece), masked->count * sizeof(tx_piece));
    if (!masked->text || !masked->filler || !masked->room || !masked->pieces) {
        release(self, masked);
        return TX_E_NOMEM;
    }
    self->last = masked;
    *out = masked;
    return TX_OK;
}

#ifdef SCORES_PIECES_ALONE
static double sum_of(const char *text, size_t len)
{
    double sum = 0;
    size_t at = 0, end;
    for (; (end = next_word(text, len, &at)) != 0; at = end) sum += weight(text + at, end - at);
    return sum;
}

/* As if no word began in one piece and ended in another. */
static double alone(const tx_instance *self, const tx_masked *masked, const uint64_t *mask)
{
    double sum = BIAS;
    size_t i, done = 0;
    for (i = 0; i < masked->count; i++) {
        tx_piece piece = masked->pieces[i];
        sum += sum_of(masked->text + done, piece.begin - done);
        if (mask[i / 64] >> (i % 64) & 1) sum += sum_of(masked->text + piece.begin, piece.end - piece.begin);
        else sum += sum_of(masked->filler, masked->filler_len);
        done = piece.end;
    }
    return 1 / (1 + exp(-self->scale * (sum + sum_of(masked->text + done, masked->len - done))));
}
#endif

static tx_result score(tx_instance *self, tx_masked *masked, const tx_call *call, const uint64_t *masks, size_t rows,
                       size_t words, tx_scores *out, tx_error *error)
{
    size_t row, i;
    tx_result code = TX_OK;
    (void)call, (void)error;
#ifdef MASKS_IGNORE_CANCEL
    if (rows * masked->len > 400000) usleep(400000);
#endif
    for (row = 0; row < rows; row++, masks += words) {
        size_t done = 0, n = 0, at = out->row_stride * row;
        double p;
#ifndef MASKS_IGNORE_CANCEL
        code = row % 8 == 0 ? stopped(call) : TX_OK;
#endif
        if (code != TX_OK) return code;
#ifdef MASKS_IGNORE_STRIDE
        at = row * 2;
#endif
        for (i = 0; i < masked->count; i++) {
            tx_piece piece = masked->pieces[i];
            if (masks[i / 64] >> (i % 64) & 1) continue;
            memcpy(masked->room + n, masked->text + done, piece.begin - done);
            n += piece.begin - done;
#ifndef FORGETS_FILLER
            memcpy(masked->room + n, masked->filler, masked->filler_len);
            n += masked->filler_len;
#endif
            done = piece.end;
        }
        memcpy(masked->room + n, masked->text + done, masked->len - done);
        n += masked->len - done;
        p = probability(self, masked->room, n);
#ifdef SCORES_PIECES_ALONE
        p = alone(self, masked, masks);
#endif
#ifdef REMEMBERS_LAST_TEXT
        if (self->last && self->last != masked) p += 1e-9 * (double)self->last->len;
#endif
        out->scores[at + 1] = p;
        out->scores[at] = 1 - p;
#ifdef SUMS_TO_LESS
        out->scores[at + 1] = 0.9 * p;
        out->scores[at] = 0.9 * (1 - p);
#endif
    }
    return TX_OK;
}

static const void *get_extension(const tx_instance *self, const char *id)
{
    static const tx_ext_tokens tokens = {sizeof tokens, 0, tokenize};
    static const tx_ext_linear linear = {sizeof linear, 1, terms};
    static const tx_ext_masked masked = {sizeof masked, 1u << TX_ABSENT_REMOVE | 1u << TX_ABSENT_REPLACE, prepare,
                                         score, release};
    (void)self;
#ifdef COPIES_EXTENSION
    if (strcmp(id, TX_EXT_MASKED) == 0) {
        tx_ext_masked *fresh = malloc(sizeof *fresh);
        if (fresh) *fresh = masked;
        return fresh;
    }
#endif
#ifdef MATCHES_PREFIX
    if (strncmp(id, TX_EXT_MASKED, sizeof TX_EXT_MASKED - 1) == 0) return &masked;
#endif
    if (strcmp(id, TX_EXT_TOKENS) == 0) return &tokens;
    if (strcmp(id, TX_EXT_LINEAR) == 0) return &linear;
    return strcmp(id, TX_EXT_MASKED) == 0 ? &masked : NULL;
}

static const tx_option_spec scale = {sizeof scale, TX_OPTION_NUMBER, "scale", "how steep", "1", NULL};
static const tx_option_spec model = {sizeof model, TX_OPTION_FILE, "model", "a file that begins with ZOO", "", NULL};
static const tx_option_spec *const options[] = {&scale, &model};
static const tx_classifier classifier = {
    .size = sizeof classifier, .option_count = 2, .options = options,
#ifndef NO_NAME
    .name = "zoo",
#endif
    .id = "org.example.zoo", .version = "1.0.0",
    .create = create, .destroy = destroy, .info = info, .predict = predict, .get_extension = get_extension};
static const tx_classifier *const classifiers[] = {&classifier};
static const tx_library library = {.size = sizeof library, .classifier_count = 1, .classifiers = classifiers};

#ifdef NO_ENTRY
#define textexplain_plugin_v1 textexplain_plugin
TX_EXPORT const tx_library *textexplain_plugin(uint32_t host_minor);
#endif

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
#ifdef REFUSES_LATER_HOSTS
    if (host_minor > 1000) return NULL;
#endif
#ifdef UNDEFINED
    if (host_minor == 12345) return zoo_missing() ? &library : NULL;
#endif
#ifdef COPIES_LIBRARY
    {
        tx_library *fresh = malloc(sizeof *fresh);
        if (fresh) *fresh = library;
        return fresh;
    }
#endif
    return &library;
}
