/* order.c - every byte and its place matter: P("odd") is a polynomial hash of the text.  Its masked/1 renders
 * each subset as the header says, so that both ways must agree to the last bit. */
#include "textexplain_plugin.h"

#include <stdlib.h>
#include <string.h>

#ifndef MAX_TEXT_BYTES
#define MAX_TEXT_BYTES 0
#endif
#ifndef MODES
#define MODES (1u << TX_ABSENT_REMOVE | 1u << TX_ABSENT_REPLACE)
#endif
#ifndef PREPARE_CODE
#define PREPARE_CODE TX_OK
#endif
#ifndef PREPARED
#define PREPARED prepared
#endif
#ifndef RELEASE
#define RELEASE release
#endif
#ifndef MASKED_SHIFT /* makes the fast path disagree, or worse */
#define MASKED_SHIFT 0
#endif

struct tx_instance {
    const tx_host *host;
};

struct tx_masked {
    size_t len, filler_len, pieces;
    int absent;
    tx_piece *piece;
    unsigned char *text, *filler;
};

static void say(const tx_instance *self, const char *what)
{
    if (self->host && TX_HAS(self->host, tx_host, log) && self->host->log)
        self->host->log(self->host->ctx, TX_LOG_INFO, what, strlen(what));
}

static uint32_t hash(uint32_t h, const void *data, size_t len)
{
    const unsigned char *byte = data;
    for (; len > 0; len--, byte++) h = (h * 31 + *byte) % 1009;
    return h;
}

static void put(tx_scores *out, size_t row, uint32_t h)
{
    double *scores = out->scores + row * out->row_stride;
    scores[1] = h / 1009.0;
    scores[0] = 1 - scores[1];
}

static tx_result create(const tx_classifier *self, const tx_host *host, const tx_option *options, size_t count,
                        const tx_call *call, tx_instance **out, tx_error *error)
{
    (void)self, (void)call;
    if (count > 0) {
        tx_text key = options[0].key;
        if (error && TX_HAS(error, tx_error, message) && error->message) {
            size_t n = key.len < error->capacity ? key.len : error->capacity;
            while (n < key.len && n > 0 && ((unsigned char)key.data[n] & 0xC0) == 0x80) n--;
            memcpy(error->message, key.data, n);
            error->length = (uint32_t)n;
        }
        return TX_E_OPTION;
    }
    *out = malloc(sizeof **out);
    if (!*out) return TX_E_NOMEM;
    (*out)->host = host;
    return TX_OK;
}

static void destroy(tx_instance *self)
{
    say(self, "destroyed");
    free(self);
}

static const tx_info *info(const tx_instance *self)
{
    static const char *const labels[] = {"even", "odd"};
    static const tx_info info = {.size = sizeof info, .output_kind = TX_OUT_PROBABILITY, .outputs = 2,
                                 .labels = labels, .flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT,
                                 .max_batch = 5, .max_text_bytes = MAX_TEXT_BYTES};
    (void)self;
    return &info;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t count,
                         tx_scores *out, tx_error *error)
{
    size_t i;
    (void)self, (void)call, (void)error;
    for (i = 0; i < count; i++) put(out, i, hash(7, texts[i].data, texts[i].len));
    return TX_OK;
}

static void *copy(const void *data, size_t len)
{
    void *result = malloc(len + 1);
    if (result && len) memcpy(result, data, len);
    return result;
}

static tx_result prepare(tx_instance *self, const tx_call *call, const tx_masking *what, tx_masked **out,
                         tx_error *error)
{
    (void)call;
    if (PREPARE_CODE != TX_OK) {
        memcpy(error->message, "not this text", 13);
        error->length = 13;
        return PREPARE_CODE;
    }
    tx_masked *prepared = malloc(sizeof *prepared);
    if (!prepared) return TX_E_NOMEM;
    prepared->len = what->text.len;
    prepared->filler_len = what->filler.len;
    prepared->pieces = what->piece_count;
    prepared->absent = what->absent;
    prepared->text = copy(what->text.data, what->text.len);
    prepared->filler = copy(what->filler.data, what->filler.len);
    prepared->piece = copy(what->pieces, what->piece_count * sizeof *what->pieces);
    say(self, "prepared");
    *out = PREPARED;
    return TX_OK;
}

static tx_result score(tx_instance *self, tx_masked *prepared, const tx_call *call, const uint64_t *masks,
                       size_t rows, size_t words, tx_scores *out, tx_error *error)
{
    size_t row, i;
    (void)self, (void)call, (void)error;
    for (row = 0; row < rows; row++, masks += words) {
        uint32_t h = 7;
        size_t done = 0;
        for (i = 0; i < prepared->pieces; i++) {
            tx_piece piece = prepared->piece[i];
            if (masks[i / 64] >> (i % 64) & 1) continue;
            h = hash(h, prepared->text + done, piece.begin - done);
            if (prepared->absent == TX_ABSENT_REPLACE) h = hash(h, prepared->filler, prepared->filler_len);
            done = piece.end;
        }
        put(out, row, hash(h, prepared->text + done, prepared->len - done) + MASKED_SHIFT);
    }
    return TX_OK;
}

static void release(tx_instance *self, tx_masked *prepared)
{
    say(self, "released");
    free(prepared->text);
    free(prepared->filler);
    free(prepared->piece);
    free(prepared);
}

static const void *get_extension(const tx_instance *self, const char *id)
{
    static const tx_ext_masked masked = {sizeof masked, MODES, prepare, score, RELEASE};
    (void)self;
    return strcmp(id, TX_EXT_MASKED) == 0 ? &masked : NULL;
}

static const tx_classifier classifier = {
    .size = sizeof classifier, .id = "org.example.order", .name = "order", .version = "1.0.0",
    .create = create, .destroy = destroy, .info = info, .predict = predict, .get_extension = get_extension};
static const tx_classifier *const classifiers[] = {&classifier};
static const tx_library library = {.size = sizeof library, .classifier_count = 1, .classifiers = classifiers};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
    return &library;
}
