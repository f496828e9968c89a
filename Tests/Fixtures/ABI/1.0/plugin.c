/* plugin.c - built from the frozen header beside it, and so what a plugin of version 1.0 is for ever.
 *
 * Regression: the score of a text is its number of bytes times option factor (one digit).  It offers
 * masked/1 (at most 64 pieces) and tokens/1 (every byte is a token). */
#include "textexplain_plugin.h"

#include <stdlib.h>
#include <string.h>

struct tx_instance {
    const tx_host *host;
    double factor;
};

struct tx_masked {
    size_t piece_count;
    double outside;
    double lengths[64];
};

static const tx_option_spec factor = {sizeof factor, TX_OPTION_INTEGER, "factor", "what a byte weighs", "1", NULL};
static const tx_option_spec *const options[] = {&factor};

static tx_result fail(tx_error *error, tx_result code, const char *message)
{
    if (error && TX_HAS(error, tx_error, message) && error->message) {
        size_t n = strlen(message) < error->capacity ? strlen(message) : error->capacity;
        memcpy(error->message, message, n);
        error->length = (uint32_t)n;
    }
    return code;
}

static tx_result create(const tx_classifier *classifier, const tx_host *host, const tx_option *given, size_t count,
                        const tx_call *call, tx_instance **out, tx_error *error)
{
    tx_instance *self;
    double value = 1;
    (void)classifier, (void)call;
    *out = NULL;
    for (size_t i = 0; i < count; i++) {
        if (given[i].key.len != 6 || memcmp(given[i].key.data, "factor", 6) != 0)
            return fail(error, TX_E_OPTION, "unknown option");
        value = given[i].value.data[0] - '0';
    }
    self = malloc(sizeof *self);
    if (!self) return TX_E_NOMEM;
    self->host = host;
    self->factor = value;
    if (host && TX_HAS(host, tx_host, log) && host->log) host->log(host->ctx, TX_LOG_INFO, "opened", 6);
    *out = self;
    return TX_OK;
}

static void destroy(tx_instance *self) { free(self); }

static const tx_info *info(const tx_instance *self)
{
    static const char *const labels[] = {"bytes"};
    static const char *const languages[] = {"en", NULL};
    static const tx_info table = {sizeof table, TX_OUT_REGRESSION, 1, TX_THREADS_CONCURRENT, labels, languages,
                                  TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT, 3, 5, 1000, "sha256:1.0", 0, 2, 0};
    (void)self;
    return &table;
}

static tx_result stopped(const tx_call *call)
{
    return call && TX_HAS(call, tx_call, should_stop) && call->should_stop && call->should_stop(call->ctx)
               ? TX_E_CANCELLED
               : TX_OK;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t count, tx_scores *out,
                         tx_error *error)
{
    if (stopped(call) != TX_OK) return fail(error, TX_E_CANCELLED, "cancelled");
    for (size_t i = 0; i < count; i++) {
        out->scores[i * out->row_stride] = self->factor * (double)texts[i].len;
        if (TX_HAS(out, tx_scores, row_flags) && out->row_flags && texts[i].len > 100)
            out->row_flags[i] = TX_ROW_UNKNOWN_LANGUAGE;
    }
    return TX_OK;
}

static tx_result prepare(tx_instance *self, const tx_call *call, const tx_masking *what, tx_masked **out,
                         tx_error *error)
{
    tx_masked *prepared;
    (void)self, (void)call;
    *out = NULL;
    if (what->absent != TX_ABSENT_REMOVE || what->piece_count > 64)
        return fail(error, TX_E_UNSUPPORTED, "at most 64 pieces, removed");
    prepared = calloc(1, sizeof *prepared);
    if (!prepared) return TX_E_NOMEM;
    prepared->piece_count = what->piece_count;
    prepared->outside = (double)what->text.len;
    for (size_t i = 0; i < what->piece_count; i++) {
        prepared->lengths[i] = (double)(what->pieces[i].end - what->pieces[i].begin);
        prepared->outside -= prepared->lengths[i];
    }
    *out = prepared;
    return TX_OK;
}

static tx_result score(tx_instance *self, tx_masked *prepared, const tx_call *call, const uint64_t *masks, size_t rows,
                       size_t words_per_mask, tx_scores *out, tx_error *error)
{
    (void)call, (void)error;
    for (size_t row = 0; row < rows; row++) {
        double length = prepared->outside;
        for (size_t i = 0; i < prepared->piece_count; i++)
            if (masks[row * words_per_mask] >> i & 1) length += prepared->lengths[i];
        out->scores[row * out->row_stride] = self->factor * length;
    }
    return TX_OK;
}

static void release(tx_instance *self, tx_masked *prepared)
{
    (void)self;
    free(prepared);
}

static const tx_ext_masked masked = {sizeof masked, 1u << TX_ABSENT_REMOVE, prepare, score, release};

static tx_result tokenize(tx_instance *self, tx_text text, const tx_sink *sink, tx_error *error)
{
    (void)self, (void)error;
    for (size_t i = 0; i < text.len; i++) {
        tx_token token = {i, i + 1, (unsigned char)text.data[i], TX_TOKEN_CONTINUES_WORD, 0};
        if (sink->put(sink->ctx, &token, 1) < 0) return TX_E_HOST;
    }
    return TX_OK;
}

static const tx_ext_tokens tokens = {sizeof tokens, 0, tokenize};

static const void *get_extension(const tx_instance *self, const char *id)
{
    (void)self;
    if (strcmp(id, TX_EXT_MASKED) == 0) return &masked;
    return strcmp(id, TX_EXT_TOKENS) == 0 ? (const void *)&tokens : NULL;
}

static const tx_classifier classifier = {sizeof classifier, 0, TX_NEEDS_THREADS, 1, options, "org.example.first",
                                         "first", "1.0.0", "Example", "MIT", "counts bytes", NULL,
                                         create, destroy, info, predict, get_extension};
static const tx_classifier *const classifiers[] = {&classifier};
static const tx_library library = {sizeof library, TX_ABI_MINOR, 1, 0, classifiers, NULL};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
    return &library;
}
