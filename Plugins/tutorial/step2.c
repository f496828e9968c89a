/* Step 2: options and errors. What the host cannot know is checked here, and every failure says why. */
#include "textexplain_plugin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* One imagined word of each sort makes a text without known words score one half. */
static double score(const tx_instance *self, tx_text text)
{
    double pro = 1, contra = 1;
    for (size_t begin = 0, end; begin < text.len; begin = end + 1) {
        for (end = begin; end < text.len && text.data[end] >= 'a' && text.data[end] <= 'z'; end++) {}
        pro += self->strength * count(kind, text.data + begin, end - begin);
        contra += self->strength * count(harsh, text.data + begin, end - begin);
    }
    return pro / (pro + contra);
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
    (void)call;
    for (size_t i = 0; i < rows; i++) {
        double *row = out->scores + i * out->row_stride;
        if (texts[i].len > LONGEST) return fail(error, TX_E_TOO_LONG, "a text of more than 16 KiB", (tx_text){0});
        row[1] = score(self, texts[i]);
        row[0] = 1 - row[1];
    }
    return TX_OK;
}

static const tx_option_spec strength = {sizeof strength, TX_OPTION_NUMBER, "strength",
                                        "what a word weighs, above 0", "1", NULL};
static const tx_option_spec *const options[] = {&strength};

static const tx_classifier tone = {.size = sizeof tone, .id = "org.example.tone", .name = "tone", .version = "1.0.0",
                                   .option_count = 1, .options = options,
                                   .create = create, .destroy = destroy, .info = info, .predict = predict};
static const tx_classifier *const classifiers[] = {&tone};
static const tx_library library = {.size = sizeof library, .abi_minor = TX_ABI_MINOR, .classifier_count = 1,
                                   .classifiers = classifiers};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
    return &library;
}
