/* Step 3: batches and the masked path. Long calls can be stopped, and subsets of one text are scored without
 * being rendered. */
#define _POSIX_C_SOURCE 199309L /* clock_gettime */
#include "textexplain_plugin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct tx_instance {
    double strength; /* what one word weighs against the imagined one */
};

static const char *const kind[] = {"good", "great", "love"};
static const char *const harsh[] = {"bad", "poor", "hate"};

static int count(const char *const words[3], const char *word, size_t len)
{
    int found = 0;
    for (int i = 0; i < 3; i++) found += strlen(words[i]) == len && memcmp(words[i], word, len) == 0;
    return found;
}

static int is_letter(char c) { return c >= 'a' && c <= 'z'; }

/* What the words of some bytes weigh for and against. */
typedef struct sums {
    double pro, contra;
} sums;

static sums add(const tx_instance *self, sums sum, const char *data, size_t len)
{
    for (size_t begin = 0, end; begin < len; begin = end + 1) {
        for (end = begin; end < len && is_letter(data[end]); end++) {}
        sum.pro += self->strength * count(kind, data + begin, end - begin);
        sum.contra += self->strength * count(harsh, data + begin, end - begin);
    }
    return sum;
}

/* One imagined word of each sort makes a text without known words score one half. */
static void write_row(double *row, sums sum)
{
    row[1] = (1 + sum.pro) / (2 + sum.pro + sum.contra);
    row[0] = 1 - row[1];
}

/* The host's room for a message may be missing, small, or (with an older host) without this field. */
static tx_result fail(tx_error *error, tx_result code, const char *what, tx_text key)
{
    if (error && TX_HAS(error, tx_error, message) && error->message) {
        size_t head = strlen(what), n;
        if (head > error->capacity) head = error->capacity;
        n = key.len < error->capacity - head ? key.len : error->capacity - head;
        while (n > 0 && n < key.len && (key.data[n] & 0xC0) == 0x80) n--; /* cut between characters */
        memcpy(error->message, what, head);
        if (n > 0) memcpy(error->message + head, key.data, n);
        error->length = (uint32_t)(head + n);
    }
    return code;
}

/* A positive number of less than 32 bytes; the host has checked that it is one, but a newer host may be wrong. */
static int positive(tx_text text, double *number)
{
    char copy[32], *end;
    if (text.len == 0 || text.len >= sizeof copy) return 0;
    memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    *number = strtod(copy, &end);
    return end == copy + text.len && isfinite(*number) && *number > 0;
}

static tx_result create(const tx_classifier *classifier, const tx_host *host, const tx_option *options,
                        size_t option_count, const tx_call *call, tx_instance **out, tx_error *error)
{
    tx_instance *self;
    double strength = 0;
    (void)classifier, (void)host, (void)call;
    *out = NULL;
    for (size_t i = 0; i < option_count; i++) {
        tx_text key = options[i].key;
        if (key.len != strlen("strength") || memcmp(key.data, "strength", key.len) != 0)
            return fail(error, TX_E_OPTION, "unknown option: ", key);
        if (strength != 0) return fail(error, TX_E_OPTION, "given twice: ", key);
        if (!positive(options[i].value, &strength)) return fail(error, TX_E_OPTION, "not a positive number: ", key);
    }
    self = malloc(sizeof *self);
    if (!self) return TX_E_NOMEM;
    self->strength = strength != 0 ? strength : 1;
    *out = self;
    return TX_OK;
}

static void destroy(tx_instance *self) { free(self); }

/* Whether the host still waits: to be asked at least every 50 ms of work. */
static tx_result poll_host(const tx_call *call)
{
    struct timespec now;
    if (!call) return TX_OK;
    if (TX_HAS(call, tx_call, should_stop) && call->should_stop && call->should_stop(call->ctx)) return TX_E_CANCELLED;
    if (!TX_HAS(call, tx_call, deadline_ns) || call->deadline_ns == 0) return TX_OK;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec < call->deadline_ns ? TX_OK : TX_E_DEADLINE;
}

enum { LONGEST = 1 << 20 }; /* a text of so many bytes takes much less than 50 ms */

static const tx_info *info(const tx_instance *self)
{
    static const char *const labels[] = {"harsh", "kind"};
    static const tx_info table = {.size = sizeof table, .output_kind = TX_OUT_PROBABILITY, .outputs = 2,
                                  .labels = labels, .flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT,
                                  .max_text_bytes = LONGEST, .tolerance = 1e-12};
    (void)self;
    return &table;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t rows,
                         tx_scores *out, tx_error *error)
{
    for (size_t i = 0; i < rows; i++) {
        static const sums none;
        tx_result stop = poll_host(call);
        if (stop != TX_OK) return stop;
        if (texts[i].len > LONGEST) return fail(error, TX_E_TOO_LONG, "a text of more than 1 MiB", (tx_text){0});
        write_row(out->scores + i * out->row_stride, add(self, none, texts[i].data, texts[i].len));
    }
    return TX_OK;
}

/* A text whose pieces are whole words: what each piece weighs, and what the bytes between them do. */
struct tx_masked {
    sums always;
    size_t piece_count;
    sums pieces[]; /* one a piece */
};

/* Taking a piece out must not make one word of its neighbours: "un" + "kind" would be such a pair. Such texts
 * are declined, and the host sends their renderings to predict. */
static int is_whole_words(const tx_masking *what)
{
    for (size_t i = 0; i < what->piece_count; i++) {
        tx_piece piece = what->pieces[i];
        if (piece.begin > 0 && is_letter(what->text.data[piece.begin - 1])) return 0;
        if (piece.end < what->text.len && is_letter(what->text.data[piece.end])) return 0;
        /* Two pieces without anything between them. */
        if (i > 0 && what->pieces[i - 1].end == piece.begin) return 0;
    }
    return 1;
}

static tx_result prepare(tx_instance *self, const tx_call *call, const tx_masking *what, tx_masked **out,
                         tx_error *error)
{
    tx_masked *prepared;
    size_t end = 0;
    tx_result stop = poll_host(call);
    *out = NULL;
    if (stop != TX_OK) return stop;
    if (what->absent != TX_ABSENT_REMOVE || !is_whole_words(what))
        return fail(error, TX_E_UNSUPPORTED, "only whole words that are removed", (tx_text){0});
    if (what->text.len > LONGEST) return fail(error, TX_E_TOO_LONG, "a text of more than 1 MiB", (tx_text){0});
    prepared = calloc(1, sizeof *prepared + what->piece_count * sizeof prepared->pieces[0]);
    if (!prepared) return TX_E_NOMEM;
    prepared->piece_count = what->piece_count;
    for (size_t i = 0; i < what->piece_count; i++) {
        tx_piece piece = what->pieces[i];
        static const sums none;
        prepared->always = add(self, prepared->always, what->text.data + end, piece.begin - end);
        prepared->pieces[i] = add(self, none, what->text.data + piece.begin, piece.end - piece.begin);
        end = piece.end;
    }
    prepared->always = add(self, prepared->always, what->text.data + end, what->text.len - end);
    *out = prepared;
    return TX_OK;
}

static tx_result score_masks(tx_instance *self, tx_masked *prepared, const tx_call *call, const uint64_t *masks,
                             size_t rows, size_t words_per_mask, tx_scores *out, tx_error *error)
{
    (void)self, (void)error;
    for (size_t row = 0; row < rows; row++) {
        const uint64_t *mask = masks + row * words_per_mask;
        sums sum = prepared->always;
        tx_result stop = poll_host(call);
        if (stop != TX_OK) return stop;
        for (size_t i = 0; i < prepared->piece_count; i++) {
            if (mask[i / 64] >> (i % 64) & 1) {
                sum.pro += prepared->pieces[i].pro;
                sum.contra += prepared->pieces[i].contra;
            }
        }
        write_row(out->scores + row * out->row_stride, sum);
    }
    return TX_OK;
}

static void release(tx_instance *self, tx_masked *prepared)
{
    (void)self;
    free(prepared);
}

static const tx_ext_masked masked = {sizeof masked, 1u << TX_ABSENT_REMOVE, prepare, score_masks, release};

static const void *get_extension(const tx_instance *self, const char *id)
{
    (void)self;
    return strcmp(id, TX_EXT_MASKED) == 0 ? &masked : NULL;
}

static const tx_option_spec strength = {sizeof strength, TX_OPTION_NUMBER, "strength",
                                        "what a word weighs, above 0", "1", NULL};
static const tx_option_spec *const options[] = {&strength};

static const tx_classifier tone = {.size = sizeof tone, .id = "org.example.tone", .name = "tone", .version = "1.0.0",
                                   .option_count = 1, .options = options,
                                   .create = create, .destroy = destroy, .info = info, .predict = predict,
                                   .get_extension = get_extension};
static const tx_classifier *const classifiers[] = {&tone};
static const tx_library library = {.size = sizeof library, .abi_minor = TX_ABI_MINOR, .classifier_count = 1,
                                   .classifiers = classifiers};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
    return &library;
}
