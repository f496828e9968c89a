/* variant.c - a constant two-label classifier of which every part can be replaced by a -D macro, so that
 * each test compiles the one defect or property it is about. */
#include "textexplain_plugin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#ifndef ENTRY
#define ENTRY textexplain_plugin_v1
#endif
#ifndef KIND
#define KIND TX_OUT_PROBABILITY
#endif
#ifndef OUTPUTS
#define OUTPUTS 2
#endif
#ifndef LABELS
#define LABELS "no", "yes"
#endif
#ifndef SCORE_0
#define SCORE_0 0.25
#endif
#ifndef SCORE_1
#define SCORE_1 0.75
#endif
#ifndef ROW_FLAG /* of the rows whose text has an "x" */
#define ROW_FLAG 0
#endif
#ifndef CREATE_CODE
#define CREATE_CODE TX_OK
#endif
#ifndef PREDICT_CODE
#define PREDICT_CODE TX_OK
#endif
#ifndef MESSAGE
#define MESSAGE ""
#endif
#ifndef MESSAGE_LENGTH
#define MESSAGE_LENGTH (sizeof MESSAGE - 1)
#endif
#ifndef MAX_BATCH
#define MAX_BATCH 0
#endif
#ifndef MAX_TEXT_BYTES
#define MAX_TEXT_BYTES 0
#endif
#ifndef TOLERANCE
#define TOLERANCE 0
#endif
#ifndef ID
#define ID "org.example.variant"
#endif
#ifndef NAME
#define NAME "variant"
#endif
#ifndef VERSION
#define VERSION "1.2.3"
#endif
#ifndef PREDICT
#define PREDICT predict
#endif
#ifndef INSTANCE
#define INSTANCE &the_instance
#endif
#ifndef INFO
#define INFO &info_table.info
#endif
#ifndef INFO_SIZE
#define INFO_SIZE sizeof(tx_info)
#endif
#ifndef CLASSIFIER_SIZE
#define CLASSIFIER_SIZE sizeof(tx_classifier)
#endif
#ifndef CLASSIFIER_COUNT
#define CLASSIFIER_COUNT 1
#endif
#ifndef CLASSIFIER
#define CLASSIFIER &classifier_table.classifier
#endif
#ifndef REFUSAL
#define REFUSAL NULL
#endif
#ifndef LIBRARY
#define LIBRARY &library
#endif

struct tx_instance {
    const tx_host *host;
};
static tx_instance the_instance;

static tx_result answer(tx_result code, tx_error *error)
{
    static const char message[] = MESSAGE;
    size_t n = sizeof message - 1 < error->capacity ? sizeof message - 1 : error->capacity;
    memcpy(error->message, message, n);
    error->length = (uint32_t)(MESSAGE_LENGTH);
    return code;
}

static tx_result create(const tx_classifier *self, const tx_host *host, const tx_option *options, size_t count,
                        const tx_call *call, tx_instance **out, tx_error *error)
{
    (void)self, (void)options, (void)count, (void)call;
    if (CREATE_CODE != TX_OK) return answer(CREATE_CODE, error);
    host->log(host->ctx, TX_LOG_DEBUG, "opened by ", 10);
    host->log(host->ctx, TX_LOG_INFO, host->name, strlen(host->name));
    host->log(host->ctx, TX_LOG_WARNING, host->version, strlen(host->version));
    host->log(host->ctx, TX_LOG_ERROR, "a\0\xff", 3);
    host->log(host->ctx, 99, NULL, 0);
    the_instance.host = host;
    *out = INSTANCE;
    return TX_OK;
}

static void destroy(tx_instance *self) { self->host->log(self->host->ctx, TX_LOG_INFO, "destroyed", 9); }

/* What lies behind `info` belongs to a larger struct of a newer version. */
static const char *const labels[] = {LABELS, NULL};
static const struct {
    tx_info info;
    double added_later[4];
} info_table = {{INFO_SIZE, KIND, OUTPUTS, 0, labels, NULL, TX_IS_BATCH_INVARIANT, 0, MAX_BATCH, MAX_TEXT_BYTES,
                 "sha256:abc", TOLERANCE, 1500, 0},
                {1, 2, 3, 4}};

static const tx_info *info(const tx_instance *self)
{
    (void)self;
    return INFO;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t count,
                         tx_scores *out, tx_error *error)
{
    size_t i;
    (void)self, (void)call;
    if (PREDICT_CODE != TX_OK) return answer(PREDICT_CODE, error);
    if (MAX_BATCH && count > MAX_BATCH) return TX_E_ARGUMENT;
    for (i = 0; i < count; i++) {
        int marked = texts[i].len > 0 && memchr(texts[i].data, 'x', texts[i].len) != NULL;
        double *row = out->scores + i * out->row_stride;
#ifdef FORGET_MARKED
        if (marked) continue;
#endif
        row[0] = SCORE_0;
        if (OUTPUTS > 1) row[1] = SCORE_1;
#ifdef SCORE_BATCH /* shows how texts were split into calls: regression only */
        row[0] = (double)count;
        row[1] = (double)i;
#endif
        if (marked) out->row_flags[i] = ROW_FLAG;
        if (marked && (ROW_FLAG & TX_ROW_FAILED)) row[0] = row[1] = NAN;
    }
    return TX_OK;
}

/* Outside the size of an older struct: calling it would end the process. */
static const void *get_extension(const tx_instance *self, const char *id)
{
    (void)self, (void)id;
#ifdef ABORTING_EXTENSION
    abort();
#endif
    return NULL;
}

static const struct {
    tx_classifier classifier;
    void *added_later[4];
} classifier_table = {{CLASSIFIER_SIZE, 0, 0, 0, NULL, ID, NAME, VERSION, "Example", "MIT", "a test", NULL, create,
                       destroy, info, PREDICT, get_extension},
                      {NULL, NULL, NULL, NULL}};
static const tx_classifier *const classifiers[] = {CLASSIFIER};
static const tx_library library = {sizeof library, 7, CLASSIFIER_COUNT, 0, classifiers, REFUSAL};

TX_EXPORT const tx_library *ENTRY(uint32_t host_minor)
{
    (void)host_minor;
    (void)library;
    return LIBRARY;
}
