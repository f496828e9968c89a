/* linear.c - logistic regression on words, with known attributions.
 *
 *   z = bias + the weights of the tokens, added in text order      P(positive) = 1 / (1 + exp(-z))
 *
 * A token is a maximal run of bytes that are ASCII letters, digits, apostrophes or >= 0x80.  Option
 * weights=FILE: the first line is "bias<TAB>number", each other one "word<TAB>number"; words it does not list
 * weigh nothing. */
#include "textexplain_plugin.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct entry {
    char *word;
    size_t len;
    double weight;
} entry;

struct tx_instance {
    double bias;
    entry *entries;
    size_t count;
};

static int is_token_byte(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '\'' || c >= 0x80;
}

static size_t token_end(tx_text text, size_t at)
{
    while (at < text.len && is_token_byte((unsigned char)text.data[at])) at++;
    return at;
}

/* Moves *at to the next token and answers its end, or 0 after the last. */
static size_t next_token(tx_text text, size_t *at)
{
    while (*at < text.len && !is_token_byte((unsigned char)text.data[*at])) ++*at;
    return *at < text.len ? token_end(text, *at) : 0;
}

static const entry *find(const tx_instance *self, const char *word, size_t len)
{
    size_t i;
    for (i = 0; i < self->count; i++)
        if (self->entries[i].len == len && memcmp(self->entries[i].word, word, len) == 0) return &self->entries[i];
    return NULL;
}

static double logit(const tx_instance *self, tx_text text)
{
    double z = self->bias;
    size_t begin = 0, end;
    for (; (end = next_token(text, &begin)) != 0; begin = end) {
        const entry *e = find(self, text.data + begin, end - begin);
        if (e) z += e->weight;
    }
    return z;
}

static void destroy(tx_instance *self)
{
    size_t i;
    for (i = 0; i < self->count; i++) free(self->entries[i].word);
    free(self->entries);
    free(self);
}

static tx_result fail(tx_error *error, tx_result code, const char *what, const char *name, size_t len)
{
    size_t head = strlen(what), n = len;
    if (!error || !TX_HAS(error, tx_error, message) || !error->message) return code;
    if (head > error->capacity) head = error->capacity;
    if (n > error->capacity - head) n = error->capacity - head;
    while (n < len && n > 0 && ((unsigned char)name[n] & 0xC0) == 0x80) n--;
    memcpy(error->message, what, head);
    memcpy(error->message + head, name, n);
    if (head + n < error->capacity) error->message[head + n++] = '"';
    error->length = (uint32_t)(head + n);
    return code;
}

static int read_line(tx_instance *self, char *line, size_t number)
{
    char *tab = strchr(line, '\t'), *end;
    double value;
    entry *grown, *e;
    if (!tab) return 0;
    *tab = '\0';
    value = strtod(tab + 1, &end);
    if (end == tab + 1 || (*end != '\n' && *end != '\0') || !isfinite(value)) return 0;
    if (number == 1) {
        self->bias = value;
        return strcmp(line, "bias") == 0;
    }
    if (token_end((tx_text){line, (size_t)(tab - line)}, 0) != (size_t)(tab - line)) return 0;
    grown = realloc(self->entries, (self->count + 1) * sizeof *grown);
    if (!grown) return 0;
    self->entries = grown;
    e = &grown[self->count];
    e->len = (size_t)(tab - line);
    e->weight = value;
    e->word = malloc(e->len + 1);
    if (!e->word) return 0;
    memcpy(e->word, line, e->len + 1);
    self->count++;
    return 1;
}

static tx_result create(const tx_classifier *classifier, const tx_host *host, const tx_option *options,
                        size_t count, const tx_call *call, tx_instance **out, tx_error *error)
{
    char path[4096] = "", line[1024];
    size_t i, number = 0;
    FILE *file;
    tx_instance *self;
    (void)classifier, (void)host, (void)call;
    for (i = 0; i < count; i++) {
        size_t n = options[i].value.len;
        if (options[i].key.len != 7 || memcmp(options[i].key.data, "weights", 7) != 0)
            return fail(error, TX_E_OPTION, "unknown option \"", options[i].key.data, options[i].key.len);
        if (n >= sizeof path) return fail(error, TX_E_OPTION, "overlong path in option \"", "weights", 7);
        memcpy(path, options[i].value.data, n);
        path[n] = '\0';
    }
    file = fopen(path, "r");
    if (!file) return fail(error, TX_E_MODEL, "cannot read the weights file \"", path, strlen(path));
    self = calloc(1, sizeof *self);
    while (self && fgets(line, sizeof line, file)) {
        if (read_line(self, line, ++number)) continue;
        fclose(file);
        destroy(self);
        return fail(error, TX_E_MODEL, "bad line in the weights file \"", path, strlen(path));
    }
    fclose(file);
    if (!self) return TX_E_NOMEM;
    if (number == 0) {
        destroy(self);
        return fail(error, TX_E_MODEL, "nothing in the weights file \"", path, strlen(path));
    }
    *out = self;
    return TX_OK;
}

static const tx_info *info(const tx_instance *self)
{
    static const char *const labels[] = {"negative", "positive"};
    static const tx_info info = {.size = sizeof info, .output_kind = TX_OUT_PROBABILITY, .outputs = 2,
                                 .labels = labels, .flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT};
    (void)self;
    return &info;
}

static tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, size_t count,
                         tx_scores *out, tx_error *error)
{
    size_t i;
    (void)call, (void)error;
    for (i = 0; i < count; i++) {
        double *row = out->scores + i * out->row_stride;
        row[1] = 1 / (1 + exp(-logit(self, texts[i])));
        row[0] = 1 - row[1];
    }
    return TX_OK;
}

/* linear/1.  The logit of "negative" is the negative of that of "positive". */
static tx_result terms(tx_instance *self, tx_text text, uint32_t output, double *bias, const tx_sink *sink,
                       tx_error *error)
{
    double sign = output == 1 ? 1 : -1;
    size_t begin = 0, end;
    (void)error;
    *bias = sign * self->bias;
    for (; (end = next_token(text, &begin)) != 0; begin = end) {
        const entry *e = find(self, text.data + begin, end - begin);
        if (e) {
            tx_term term = {begin, end, sign * e->weight, e - self->entries};
            if (sink->put(sink->ctx, &term, 1) < 0) return TX_E_HOST;
        }
    }
    return TX_OK;
}

static const void *get_extension(const tx_instance *self, const char *id)
{
    /* Not independent: taking away a blank joins two tokens. */
    static const tx_ext_linear linear = {sizeof linear, 0, terms};
    (void)self;
    return strcmp(id, TX_EXT_LINEAR) == 0 ? &linear : NULL;
}

static const tx_option_spec weights = {sizeof weights, TX_OPTION_FILE, "weights", "words and their weights", NULL,
                                       NULL};
static const tx_option_spec *const specs[] = {&weights};
static const tx_classifier classifier = {
    .size = sizeof classifier, .option_count = 1, .options = specs,
    .id = "org.example.linear", .name = "linear", .version = "1.0.0",
    .create = create, .destroy = destroy, .info = info, .predict = predict, .get_extension = get_extension};
static const tx_classifier *const classifiers[] = {&classifier};
static const tx_library library = {.size = sizeof library, .classifier_count = 1, .classifiers = classifiers};

TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor)
{
    (void)host_minor;
    return &library;
}
