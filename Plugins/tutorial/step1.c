/* Step 1: a lexicon. The smallest plugin: one function, four callbacks, no options, no errors. */
#include "textexplain_plugin.h"

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

static tx_result create(const tx_classifier *classifier, const tx_host *host, const tx_option *options,
                        size_t option_count, const tx_call *call, tx_instance **out, tx_error *error)
{
    static tx_instance instance;
    (void)classifier, (void)host, (void)options, (void)call, (void)error;
    *out = &instance;
    return option_count == 0 ? TX_OK : TX_E_OPTION;
}

static void destroy(tx_instance *self) { (void)self; }

static const tx_info *info(const tx_instance *self)
{
    static const char *const labels[] = {"harsh", "kind"};
    static const tx_info table = {.size = sizeof table, .output_kind = TX_OUT_PROBABILITY, .outputs = 2,
                                  .labels = labels, .flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT};
    (void)self;
    return &table;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t rows,
                         tx_scores *out, tx_error *error)
{
    (void)self, (void)call, (void)error;
    for (size_t i = 0; i < rows; i++) {
        double *row = out->scores + i * out->row_stride;
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
