/* options.c - accepts one option of every type and logs what it is handed, as key=value. */
#include "textexplain_plugin.h"

#include <stdlib.h>
#include <string.h>

struct tx_instance {
    const tx_host *host;
};

#define SPEC(name, type, doc, value, choices)                                                                   \
    static const tx_option_spec name = {sizeof(tx_option_spec), type, #name, doc, value, choices}
static const char *const colours[] = {"red", "green", NULL};
SPEC(word, TX_OPTION_STRING, "any word", "", NULL);
SPEC(count, TX_OPTION_INTEGER, "how many", "1", NULL);
SPEC(ratio, TX_OPTION_NUMBER, NULL, "0.5", NULL);
SPEC(flag, TX_OPTION_BOOLEAN, "on or off", "false", NULL);
#ifdef NO_CHOICES
SPEC(colour, TX_OPTION_CHOICE, "a colour", "red", NULL);
#else
SPEC(colour, TX_OPTION_CHOICE, "a colour", "red", colours);
#endif
SPEC(model, TX_OPTION_FILE, "the model", "", NULL);
SPEC(data, TX_OPTION_DIRECTORY, "the data", "", NULL);
SPEC(later, 99, "of a newer version", "", NULL);
#ifdef NEEDED
SPEC(needed, TX_OPTION_STRING, "what it cannot do without", NULL, NULL);
#endif
#ifdef CLASHING
#define needed word
#define NEEDED
#endif
static const tx_option_spec *const specs[] = {&word, &count, &ratio, &flag, &colour, &model, &data, &later,
#ifdef NEEDED
                                              &needed
#endif
};

static tx_result create(const tx_classifier *self, const tx_host *host, const tx_option *options, size_t count_,
                        const tx_call *call, tx_instance **out, tx_error *error)
{
    char line[4096];
    size_t i;
    (void)self, (void)call, (void)error;
    for (i = 0; i < count_; i++) {
        size_t n = options[i].key.len, m = options[i].value.len;
        if (n + m + 1 > sizeof line) return TX_E_NOMEM;
        memcpy(line, options[i].key.data, n);
        line[n] = '=';
        if (m) memcpy(line + n + 1, options[i].value.data, m);
        host->log(host->ctx, TX_LOG_INFO, line, n + 1 + m);
    }
    *out = malloc(sizeof **out);
    return *out ? TX_OK : TX_E_NOMEM;
}

static void destroy(tx_instance *self) { free(self); }

static const tx_info *info(const tx_instance *self)
{
    static const char *const labels[] = {"value"};
    static const tx_info info = {.size = sizeof info, .output_kind = TX_OUT_REGRESSION, .outputs = 1,
                                 .labels = labels};
    (void)self;
    return &info;
}

/* The length of the text. */
static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t n, tx_scores *out,
                         tx_error *error)
{
    size_t i;
    (void)self, (void)call, (void)error;
    for (i = 0; i < n; i++) out->scores[i * out->row_stride] = (double)texts[i].len;
    return TX_OK;
}

static const tx_classifier classifier = {
    .size = sizeof classifier, .option_count = sizeof specs / sizeof *specs, .options = specs,
    .id = "org.example.options", .name = "options", .version = "0.1.0",
    .create = create, .destroy = destroy, .info = info, .predict = predict};
static const tx_classifier *const classifiers[] = {&classifier};
static const tx_library library = {.size = sizeof library, .classifier_count = 1, .classifiers = classifiers};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
    return &library;
}
