/* tokens.c - a model with tokens and a mask of its own.  Its tokens are pairs of characters, blanks apart, between two
 * special ones; a token is worth its first byte, a masked one a quarter, and a text the sum of its tokens. */
#include "textexplain_plugin.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef SHIFT /* moves the ends of tokens, which then overlap, leave the text or cut a character */
#define SHIFT 0
#endif
#ifndef LIE /* answers in the worker's name that the first byte is a token, which it need not be */
#define LIE 0
#endif
#ifndef TOKENIZE_CODE
#define TOKENIZE_CODE TX_OK
#endif
#ifndef TOKENIZE
#define TOKENIZE tokenize
#endif

struct tx_instance {
    int unused;
};

struct tx_masked {
    size_t len, pieces;
    tx_piece *piece;
    unsigned char *text;
};

/* The end of the character that begins at `begin`. */
static size_t next(const unsigned char *text, size_t begin, size_t len)
{
    size_t end = begin + 1;
    while (end < len && (text[end] & 0xC0) == 0x80) end++;
    return end;
}

/* The token at or after `*begin`; 0 = there is none. */
static int find(const unsigned char *text, size_t len, size_t *begin, size_t *end)
{
    while (*begin < len && text[*begin] == ' ') ++*begin;
    if (*begin == len) return 0;
    *end = next(text, *begin, len);
    if (*end < len && text[*end] != ' ') *end = next(text, *end, len);
    return 1;
}

static int is_absent(const tx_masked *prepared, const uint64_t *mask, size_t begin, size_t end)
{
    for (size_t i = 0; i < prepared->pieces; i++)
        if (prepared->piece[i].begin < end && begin < prepared->piece[i].end && !(mask[i / 64] >> (i % 64) & 1)) return 1;
    return 0;
}

static double sum(const unsigned char *text, size_t len, const tx_masked *prepared, const uint64_t *mask)
{
    double sum = 0;
    for (size_t begin = 0, end; find(text, len, &begin, &end); begin = end)
        sum += prepared && is_absent(prepared, mask, begin, end) ? 0.25 : text[begin];
    return sum;
}

static tx_result create(const tx_classifier *self, const tx_host *host, const tx_option *options, size_t count,
                        const tx_call *call, tx_instance **out, tx_error *error)
{
    (void)self, (void)host, (void)options, (void)call, (void)error;
    *out = count > 0 ? NULL : calloc(1, sizeof **out);
    return count > 0 ? TX_E_OPTION : *out ? TX_OK : TX_E_NOMEM;
}

static void destroy(tx_instance *self) { free(self); }

static const tx_info *info(const tx_instance *self)
{
    static const char *const labels[] = {"sum"};
    static const tx_info info = {.size = sizeof info, .output_kind = TX_OUT_REGRESSION, .outputs = 1,
                                 .labels = labels, .flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT};
    (void)self;
    return &info;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t count,
                         tx_scores *out, tx_error *error)
{
    (void)self, (void)call, (void)error;
    for (size_t i = 0; i < count; i++)
        out->scores[i * out->row_stride] = sum((const unsigned char *)texts[i].data, texts[i].len, NULL, NULL);
    return TX_OK;
}

static tx_result tokenize(tx_instance *self, tx_text text, const tx_sink *sink, tx_error *error)
{
    const unsigned char *data = (const unsigned char *)text.data;
    const tx_token first = {.id = 1, .flags = TX_TOKEN_SPECIAL};
    const tx_token last = {.begin = text.len, .end = text.len, .id = 2, .flags = TX_TOKEN_SPECIAL};
    (void)self;
    if (LIE) {
        /* Header (length, protocol version 3, kind 13), "there are some", how many, the range. */
        const int64_t frame[] = {32 | (int64_t)3 << 32 | (int64_t)13 << 48, 1, 1, 0, 1};
        if (write(3, frame, sizeof frame) < 0) abort();
        _exit(0);
    }
    if (TOKENIZE_CODE != TX_OK) {
        if (error && error->capacity > 3) memcpy(error->message, "why", error->length = 3);
        return TOKENIZE_CODE;
    }
    if (sink->put(sink->ctx, &first, 1) < 0) return TX_E_HOST;
    for (size_t begin = 0, end; find(data, text.len, &begin, &end); begin = end) {
        const tx_token token = {.begin = begin, .end = end + SHIFT, .id = data[begin]};
        if (sink->put(sink->ctx, &token, 1) < 0) return TX_E_HOST;
    }
    return sink->put(sink->ctx, &last, 1) < 0 ? TX_E_HOST : TX_OK;
}

static tx_result prepare(tx_instance *self, const tx_call *call, const tx_masking *what, tx_masked **out,
                         tx_error *error)
{
    tx_masked *prepared = malloc(sizeof *prepared);
    (void)self, (void)call, (void)error;
    if (!prepared) return TX_E_NOMEM;
    prepared->len = what->text.len;
    prepared->pieces = what->piece_count;
    prepared->text = malloc(what->text.len + 1);
    prepared->piece = malloc((what->piece_count + 1) * sizeof *what->pieces);
    if (!prepared->text || !prepared->piece) return TX_E_NOMEM;
    if (what->text.len) memcpy(prepared->text, what->text.data, what->text.len);
    if (what->piece_count) memcpy(prepared->piece, what->pieces, what->piece_count * sizeof *what->pieces);
    *out = prepared;
    return TX_OK;
}

static tx_result score(tx_instance *self, tx_masked *prepared, const tx_call *call, const uint64_t *masks,
                       size_t rows, size_t words, tx_scores *out, tx_error *error)
{
    (void)self, (void)call, (void)error;
    for (size_t row = 0; row < rows; row++)
        out->scores[row * out->row_stride] = sum(prepared->text, prepared->len, prepared, masks + row * words);
    return TX_OK;
}

static void release(tx_instance *self, tx_masked *prepared)
{
    (void)self;
    free(prepared->text);
    free(prepared->piece);
    free(prepared);
}

static const void *get_extension(const tx_instance *self, const char *id)
{
    static const tx_ext_masked masked = {sizeof masked, 1u << TX_ABSENT_MODEL_MASK, prepare, score, release};
    static const tx_ext_tokens tokens = {sizeof tokens, 0, TOKENIZE};
    (void)self;
    if (strcmp(id, TX_EXT_TOKENS) == 0) return &tokens;
    return strcmp(id, TX_EXT_MASKED) == 0 ? &masked : NULL;
}

static const tx_classifier classifier = {
    .size = sizeof classifier, .id = "org.example.tokens", .name = "tokens", .version = "1.0.0",
    .create = create, .destroy = destroy, .info = info, .predict = predict, .get_extension = get_extension};
static const tx_classifier *const classifiers[] = {&classifier};
static const tx_library library = {.size = sizeof library, .classifier_count = 1, .classifiers = classifiers};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
    return &library;
}
