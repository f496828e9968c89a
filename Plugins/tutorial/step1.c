/* Step 1: a lexicon. The smallest plugin that keeps every rule: one function, four callbacks, no options. */
#include "textexplain_plugin.h"

#include <stdlib.h>
#include <string.h>

struct tx_instance {
    int unused; /* nothing to remember yet */
};

static const char *const kind[] = {"good", "great", "love"};
static const char *const harsh[] = {"bad", "poor", "hate"};

static int count(const char *const words[3], const char *word, size_t len)
{
    int found = 0;
    for (int i = 0; i < 3; i++) found += strlen(words[i]) == len && memcmp(words[i], word, len) == 0;
    return found;
}

/* One imagined word of each sort makes a text without known words score one half. */
static double score(tx_text text)
{
    double pro = 1, contra = 1;
    for (size_t begin = 0, end; begin < text.len; begin = end + 1) {
        for (end = begin; end < text.len && text.data[end] >= 'a' && text.data[end] <= 'z'; end++) {}
        pro += count(kind, text.data + begin, end - begin);
        contra += count(harsh, text.data + begin, end - begin);
    }
    return pro / (pro + contra);
}

/* It takes no options, and names the one it is given in the host's room, which may be missing or small. */
static tx_result refuse(tx_text key, tx_error *error)
{
    if (error && TX_HAS(error, tx_error, message) && error->message) {
        size_t n = key.len < error->capacity ? key.len : error->capacity;
        while (n > 0 && n < key.len && (key.data[n] & 0xC0) == 0x80) n--; /* cut between characters */
        if (n > 0) memcpy(error->message, key.data, n);
        error->length = (uint32_t)n;
    }
    return TX_E_OPTION;
}

static tx_result create(const tx_classifier *classifier, const tx_host *host, const tx_option *options,
                        size_t option_count, const tx_call *call, tx_instance **out, tx_error *error)
{
    (void)classifier, (void)host, (void)call;
    if (option_count > 0) return refuse(options[0].key, error);
    *out = calloc(1, sizeof **out);
    return *out ? TX_OK : TX_E_NOMEM;
}

static void destroy(tx_instance *self) { free(self); }

/* A call of so little work ends long before the 50 ms after which it would have to ask whether to stop. */
enum { LONGEST = 1 << 14, MOST = 32 };

static const tx_info *info(const tx_instance *self)
{
    static const char *const labels[] = {"harsh", "kind"};
    static const tx_info table = {.size = sizeof table, .output_kind = TX_OUT_PROBABILITY, .outputs = 2,
                                  .labels = labels, .flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT,
                                  .max_batch = MOST, .max_text_bytes = LONGEST};
    (void)self;
    return &table;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t rows,
                         tx_scores *out, tx_error *error)
{
    (void)self, (void)call, (void)error;
    for (size_t i = 0; i < rows; i++) {
        double *row = out->scores + i * out->row_stride;
        if (texts[i].len > LONGEST) return TX_E_TOO_LONG;
        row[1] = score(texts[i]);
        row[0] = 1 - row[1];
    }
    return TX_OK;
}

static const tx_classifier tone = {.size = sizeof tone, .id = "org.example.tone", .name = "tone", .version = "1.0.0",
                                   .create = create, .destroy = destroy, .info = info, .predict = predict};
static const tx_classifier *const classifiers[] = {&tone};
static const tx_library library = {.size = sizeof library, .abi_minor = TX_ABI_MINOR, .classifier_count = 1,
                                   .classifiers = classifiers};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
    return &library;
}
