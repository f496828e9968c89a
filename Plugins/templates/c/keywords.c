/* keywords.c - the smallest complete textexplain plugin: it weighs words of praise against complaints.
 *
 * textexplain_plugin.h is the contract; (R1), (R4) ... below are its rules.  To make a plugin of your own,
 * change the words, score() and the names near the end. */
#define _POSIX_C_SOURCE 199309L /* clock_gettime */
#include "textexplain_plugin.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LONGEST = 1 << 20 }; /* bytes of a text that are scored well within the 50 ms between two polls */

static const char *const praise[] = {"good", "great", "love", "excellent", NULL};
static const char *const complaint[] = {"bad", "poor", "hate", "terrible", NULL};

/* What one open model remembers.  A real plugin would load its weights here. */
struct tx_instance {
    int ignore_case;
};

static int is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static int is_one_of(const char *const *words, const char *word, size_t len, int ignore_case)
{
    for (; *words; words++) {
        size_t i = 0;
        while (i < len && (*words)[i] == (ignore_case ? lower(word[i]) : word[i])) i++;
        if (i == len && (*words)[i] == '\0') return 1;
    }
    return 0;
}

/* The probability that a text is positive.  It ends at text.len, not at a NUL, and may be empty (R4). */
static double score(const tx_instance *self, tx_text text)
{
    double good = 1, bad = 1; /* one imagined word each: a text without such words scores 0.5 */
    size_t begin, end;
    for (begin = 0; begin < text.len; begin = end + 1) {
        for (end = begin; end < text.len && is_letter(text.data[end]); end++) {}
        good += is_one_of(praise, text.data + begin, end - begin, self->ignore_case);
        bad += is_one_of(complaint, text.data + begin, end - begin, self->ignore_case);
    }
    return good / (good + bad);
}

/* Gives `code`, and tells the reader what is wrong with what, in the host's room, which may be missing or small. */
static tx_result fail(tx_error *error, tx_result code, const char *what, tx_text detail)
{
    if (error && TX_HAS(error, tx_error, message) && error->message) {
        size_t head = strlen(what), room = error->capacity, n;
        if (head > room) head = room;
        n = detail.len < room - head ? detail.len : room - head;
        while (n < detail.len && n > 0 && (detail.data[n] & 0xC0) == 0x80) n--; /* cut between characters */
        memcpy(error->message, what, head);
        if (n > 0) memcpy(error->message + head, detail.data, n);
        error->length = (uint32_t)(head + n);
    }
    return code;
}

/* Whether the host still waits for this call: TX_OK, TX_E_CANCELLED or TX_E_DEADLINE. */
static tx_result poll_host(const tx_call *call)
{
    struct timespec now;
    if (!call) return TX_OK;
    if (TX_HAS(call, tx_call, should_stop) && call->should_stop && call->should_stop(call->ctx)) return TX_E_CANCELLED;
    if (!TX_HAS(call, tx_call, deadline_ns) || call->deadline_ns == 0) return TX_OK;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec < call->deadline_ns ? TX_OK : TX_E_DEADLINE;
}

static int equal(tx_text a, const char *b) { return a.len == strlen(b) && memcmp(a.data, b, a.len) == 0; }

static tx_result create(const tx_classifier *classifier, const tx_host *host, const tx_option *options,
                        size_t count, const tx_call *call, tx_instance **out, tx_error *error)
{
    (void)classifier, (void)host, (void)call;
    tx_instance *self;
    int ignore_case = -1; /* not given */
    *out = NULL;
    for (size_t i = 0; i < count; i++) {
        tx_text key = options[i].key, value = options[i].value;
        if (!equal(key, "ignore-case")) return fail(error, TX_E_OPTION, "unknown option: ", key);
        if (ignore_case >= 0) return fail(error, TX_E_OPTION, "given twice: ", key);
        if (!equal(value, "true") && !equal(value, "false"))
            return fail(error, TX_E_OPTION, "neither true nor false: ", key);
        ignore_case = equal(value, "true");
    }
    self = malloc(sizeof *self);
    if (!self) return TX_E_NOMEM;
    self->ignore_case = ignore_case != 0;
    *out = self;
    return TX_OK;
}

static void destroy(tx_instance *self) { free(self); }

static const tx_info *info(const tx_instance *self)
{
    static const char *const labels[] = {"negative", "positive"};
    static const tx_info info = {.size = sizeof info, .output_kind = TX_OUT_PROBABILITY, .outputs = 2,
                                 .labels = labels, .flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT,
                                 .max_text_bytes = LONGEST};
    (void)self;
    return &info;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t count,
                         tx_scores *out, tx_error *error)
{
    for (size_t i = 0; i < count; i++) {
        double *row = out->scores + i * out->row_stride; /* rows may have padding behind them */
        tx_result stop = poll_host(call);
        if (stop != TX_OK) return stop;
        if (texts[i].len > LONGEST) return fail(error, TX_E_TOO_LONG, "a text of more than 1 MiB", (tx_text){0});
        row[1] = score(self, texts[i]);
        row[0] = 1 - row[1];
    }
    return TX_OK;
}

static const tx_option_spec ignore_case = {sizeof ignore_case, TX_OPTION_BOOLEAN, "ignore-case",
                                           "whether Good counts as good", "true", NULL};
static const tx_option_spec *const options[] = {&ignore_case};

static const tx_classifier the_classifier = {
    .size = sizeof the_classifier, .option_count = 1, .options = options,
    .id = "org.example.keywords", .name = "keywords", .version = "1.0.0", .license = "Apache-2.0",
    .description = "counts words of praise and complaint",
    .create = create, .destroy = destroy, .info = info, .predict = predict};
static const tx_classifier *const classifiers[] = {&the_classifier};
static const tx_library library = {.size = sizeof library, .abi_minor = TX_ABI_MINOR,
                                   .classifier_count = 1, .classifiers = classifiers};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor; /* any host of major version 1 will do */
    return &library;
}
