/* textexplain_plugin.h - the plugin ABI of textexplain, major version 1, minor version 0.
 *
 * A plugin is a shared library that exports one function, textexplain_plugin_v1, and offers one or more
 * text classifiers.  This header is the whole contract: pure C99 (also C++, Swift through its clang
 * importer, Rust through bindgen or by hand), with no dependency but <stddef.h> and <stdint.h>.
 *
 * THE RULES, once, for every declaration below
 *
 *  R1 Growth.  Every struct that crosses the boundary starts with `size`, set by whoever ALLOCATES it to
 *     its sizeof at that side's compile time (structs marked "frozen" never grow and have none).  A side
 *     touches a field only if the field lies wholly inside `size` (TX_HAS); nothing is ever concluded
 *     from a version number.  Fields are only appended, and zero or NULL always means "absent".
 *     `reserved` fields are zero.
 *  R2 Ownership.  Nobody frees what the other side allocated.  The host owns every buffer that the plugin
 *     fills.  The plugin owns what its descriptors point to, which stays constant until the process
 *     ends.  Results of unknown length go into a tx_sink that the host supplies.
 *  R3 Lifetime.  Pointers in arguments die when the call returns; a plugin copies what it wants to keep.
 *     The exception is `host` given to create(), which lives until destroy() returns.  The library is
 *     never unloaded.
 *  R4 Text.  Document text is (pointer, length) in UTF-8.  It is not NUL-terminated, may hold U+0000 and
 *     may be empty (the pointer is then unspecified, possibly NULL).  The host has validated it; a plugin
 *     that meets invalid bytes all the same answers with a score or TX_E_ENCODING.  Identifiers, labels
 *     and descriptor strings are NUL-terminated UTF-8.  All offsets count bytes.
 *  R5 Threads.  Each function carries one of these tags:
 *     [any]   any thread, concurrently with anything.
 *     [call]  one call at a time per instance; the thread may differ from call to call, and other
 *             instances are independent.  tx_info.threading may relax this for predict and score.
 *  R6 Manners.  No exception, panic, longjmp, signal handler, exit(), or change of locale or working
 *     directory leaves the plugin.  It writes to neither stdout nor stderr: host->log is there for that.
 *     Scores depend on the text, the options and the seed alone; never on time, environment, locale,
 *     earlier texts or thread count.
 *
 * THE LIFE OF A PLUGIN
 *     dlopen -> textexplain_plugin_v1() -> create() -> info(), get_extension() -> predict() ... -> destroy()
 */
#ifndef TEXTEXPLAIN_PLUGIN_H
#define TEXTEXPLAIN_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TX_ABI_MAJOR 1u /* a change means a new entry symbol; a binary may export the old one beside it */
#define TX_ABI_MINOR 0u /* a change means appended fields, new codes or new extensions only             */

/* Marks the entry function; build everything else with -fvisibility=hidden. */
#define TX_EXPORT __attribute__((visibility("default")))

/* True if *p, as allocated by the other side, has this field. */
#define TX_HAS(p, type, field) ((p)->size >= offsetof(type, field) + sizeof(((type *)0)->field))

/* 0 = done.  Negative = failed: nothing in the outputs may be used.  The code tells the host what to do
 * next, the message in tx_error tells the reader what happened. */
typedef int32_t tx_result;
enum {
    TX_OK = 0,
    TX_E_INTERNAL = -1,    /* a defect of the plugin                                        */
    TX_E_ARGUMENT = -2,    /* the host broke a rule of this header                          */
    TX_E_OPTION = -3,      /* an option is unknown, ill-typed or out of range; name its key */
    TX_E_MODEL = -4,       /* a model file is missing or unusable; name the file            */
    TX_E_NOMEM = -5,       /* out of memory; the instance stays usable                      */
    TX_E_UNSUPPORTED = -6, /* a valid request that this plugin does not serve               */
    TX_E_CANCELLED = -7,   /* should_stop said so; the instance stays usable                */
    TX_E_DEADLINE = -8,    /* deadline_ns passed; the instance stays usable                 */
    TX_E_ENCODING = -9,    /* the text is not UTF-8                                         */
    TX_E_TOO_LONG = -10,   /* a text exceeds what the model can read                        */
    TX_E_DEVICE = -11,     /* an accelerator failed or is missing                           */
    TX_E_HOST = -12        /* a sink or a host callback refused                             */
};

/* Some text, by pointer and length in bytes.  Frozen. */
typedef struct tx_text {
    const char *data;
    size_t len;
} tx_text;

/* One option given by the user.  Frozen. */
typedef struct tx_option {
    tx_text key, value;
} tx_option;

/* The host's room for one message.  The plugin writes at most `capacity` bytes of UTF-8, cut at a
 * character boundary, and sets `length`; no terminator.  Every fallible call takes one; it may be NULL. */
typedef struct tx_error {
    uint32_t size;
    uint32_t capacity; /* bytes that `message` has room for; may be 0          */
    uint32_t length;   /* bytes written; 0 when the call starts                */
    uint32_t reserved;
    char *message;
} tx_error;

/* A growing array on the host's side.  put() copies `count` records; a negative answer means: stop and
 * return TX_E_HOST.  Used only on the calling thread, only during the call.  Records may be shorter than
 * this header's struct if the host is older: write the first `record_size` bytes of each. */
typedef struct tx_sink {
    uint32_t size;
    uint32_t record_size; /* bytes of one record, as the host knows it */
    void *ctx;
    tx_result (*put)(void *ctx, const void *records, size_t count);
} tx_sink;

enum { TX_LOG_DEBUG = 0, TX_LOG_INFO = 1, TX_LOG_WARNING = 2, TX_LOG_ERROR = 3 };

/* What the host offers an instance for its whole life. */
typedef struct tx_host {
    uint32_t size;
    uint32_t abi_minor; /* for messages only (R1) */
    void *ctx;
    const char *name, *version;
    void (*log)(void *ctx, int32_t level, const char *message, size_t len); /* [any]; may be NULL */
} tx_host;

/* What one call may cost.  A plugin polls should_stop at least every 50 ms of work and answers
 * TX_E_CANCELLED or TX_E_DEADLINE; a call that is done before it has to ask may answer TX_OK all the same.
 * The pointer to this struct may be NULL: no limit, seed 0. */
typedef struct tx_call {
    uint32_t size;
    uint32_t flags;       /* none defined: 0 */
    uint64_t deadline_ns; /* CLOCK_MONOTONIC; 0 = none */
    uint64_t seed;        /* for models that draw random numbers: equal seed and input, equal output */
    void *ctx;
    int32_t (*should_stop)(void *ctx); /* [any] non-zero = stop; NULL = never */
} tx_call;

/* What the numbers of a row mean. */
enum {
    TX_OUT_PROBABILITY = 1,     /* each in [0, 1], a row sums to 1 (both within 1e-3)       */
    TX_OUT_MULTILABEL = 2,      /* each in [0, 1], independent of the others                */
    TX_OUT_LOG_PROBABILITY = 3, /* natural logarithms of TX_OUT_PROBABILITY, each <= 0      */
    TX_OUT_LOGIT = 4,           /* softmax (one output: the logistic function) gives probabilities */
    TX_OUT_REGRESSION = 5,      /* any finite number                                        */
    TX_OUT_MARGIN = 6           /* a decision value; its sign decides                       */
};

enum {
    TX_THREADS_PER_INSTANCE = 0, /* predict and score are [call]                 */
    TX_THREADS_CONCURRENT = 1    /* predict and score are [any]                  */
};                               /* 2 and 3 are reserved for process-wide limits */

enum {
    TX_IS_DETERMINISTIC = 1u << 0,   /* equal input, equal output, without a seed                   */
    TX_IS_BATCH_INVARIANT = 1u << 1, /* a row does not depend on its neighbours or the batch's size */
    TX_TRUNCATES = 1u << 2,          /* long texts are cut, and TX_ROW_TRUNCATED says so            */
    TX_ABORTS_ON_OOM = 1u << 3       /* a library underneath aborts where memory ends               */
};

/* What is known only once a model is open.  Owned by the instance, constant from create() to destroy(). */
typedef struct tx_info {
    uint32_t size;
    int32_t output_kind; /* TX_OUT_ */
    uint32_t outputs;    /* >= 1    */
    int32_t threading;   /* TX_THREADS_ */
    const char *const *labels;    /* `outputs` unique, non-empty strings         */
    const char *const *languages; /* BCP 47 tags, NULL-terminated; NULL = any    */
    uint32_t flags;               /* TX_IS_ and other bits above                 */
    uint32_t preferred_batch;     /* 0 = no preference                           */
    uint32_t max_batch;           /* 0 = no limit                                */
    uint32_t max_text_bytes;      /* 0 = no limit                                */
    const char *model_id;         /* e.g. "sha256:..." of the weights: a cache key; NULL = none */
    double tolerance;             /* what "equal scores" means for this model; 0 = bit-identical */
    uint32_t typical_cost_us;     /* of one short text, order of magnitude; 0 = cheap.  The host chooses
                                     default budgets by it, never by a clock. */
    uint32_t reserved;
} tx_info;

enum {
    TX_ROW_TRUNCATED = 1,        /* the model read only the beginning of this text   */
    TX_ROW_UNKNOWN_LANGUAGE = 2, /* the model was not made for this text's language  */
    TX_ROW_FAILED = 4            /* this row is NaN; the other rows are good         */
};

/* Host memory for results, row-major: row i starts at scores + i * row_stride.  The plugin writes
 * `outputs` doubles a row and never the padding behind them. */
typedef struct tx_scores {
    uint32_t size;
    uint32_t outputs;
    size_t rows, row_stride; /* the stride in doubles, >= outputs                */
    double *scores;
    uint8_t *row_flags;      /* `rows` bytes of TX_ROW_ bits, zeroed by the host; may be NULL */
} tx_scores;

/* The plugin's own state for one open model; opaque to the host. */
typedef struct tx_instance tx_instance;

enum {
    TX_OPTION_STRING = 1,
    TX_OPTION_INTEGER = 2,  /* decimal, fits int64_t                                        */
    TX_OPTION_NUMBER = 3,   /* decimal in the C locale, finite                              */
    TX_OPTION_BOOLEAN = 4,  /* "true" or "false"                                            */
    TX_OPTION_CHOICE = 5,   /* one of `choices`                                             */
    TX_OPTION_FILE = 6,     /* an absolute path that the sandbox opens for reading          */
    TX_OPTION_DIRECTORY = 7 /* likewise a folder and all below it                           */
};

/* One option that create() accepts.  The host checks, documents and completes from this, and hands over
 * canonical spellings: true/false, C-locale numbers, absolute paths. */
typedef struct tx_option_spec {
    uint32_t size;
    int32_t type; /* TX_OPTION_ */
    const char *key, *doc;
    const char *default_value;  /* NULL = the option is required; "" = optional, without a value.  The
                                   host passes on only what the user gave. */
    const char *const *choices; /* TX_OPTION_CHOICE: NULL-terminated; else NULL */
} tx_option_spec;

/* What the sandbox has to leave open; everything else is closed.  No plugin may start processes. */
enum {
    TX_NEEDS_THREADS = 1u << 0,
    TX_NEEDS_NETWORK = 1u << 1, /* granted only when the user allows it */
    TX_NEEDS_GPU = 1u << 2,
    TX_NEEDS_SCRATCH = 1u << 3 /* a private writable folder, named by TMPDIR */
};

/* One classifier.  All strings are static. */
typedef struct tx_classifier tx_classifier;
struct tx_classifier {
    uint32_t size;
    uint32_t flags; /* none defined: 0 */
    uint32_t needs; /* TX_NEEDS_ bits  */
    uint32_t option_count;
    const tx_option_spec *const *options;
    const char *id;                           /* reverse DNS, [a-z0-9.-], permanent: "org.example.sentiment" */
    const char *name, *version;               /* version: SemVer 2                                    */
    const char *vendor, *license;             /* license: an SPDX expression; both may be NULL        */
    const char *description, *url;            /* may be NULL                                          */

    /* [any] Opens a model; `self` is this descriptor, so that classifiers may share one function.  Checks
     * its options (the host may be newer than the specs above: an unknown key is TX_E_OPTION, and the
     * message names it).  On failure *out stays NULL and there is nothing to destroy. */
    tx_result (*create)(const tx_classifier *self, const tx_host *host, const tx_option *options,
                        size_t count, const tx_call *call, tx_instance **out, tx_error *error);

    /* [call] Ends an instance, also after any failed call; never overlaps another call. */
    void (*destroy)(tx_instance *self);

    /* [any] Never NULL. */
    const tx_info *(*info)(const tx_instance *self);

    /* [call] Scores `count` texts into out->rows == count rows.  Row i depends on texts[i] (and
     * call->seed) alone.  count = 0 is legal, and so is the empty text. */
    tx_result (*predict)(tx_instance *self, const tx_call *call, const tx_text *texts, size_t count,
                         tx_scores *out, tx_error *error);

    /* [any] The table of an extension, or NULL; the same answer for the instance's life.  Ids compare as
     * whole strings.  The function itself may be NULL: no extensions. */
    const void *(*get_extension)(const tx_instance *self, const char *id);
};

/* What the entry function returns: a static table. */
typedef struct tx_library {
    uint32_t size;
    uint32_t abi_minor; /* the minor version this binary was built for; for messages only (R1) */
    uint32_t classifier_count;
    uint32_t reserved;
    const tx_classifier *const *classifiers;
    const char *refusal; /* non-NULL: why this host cannot be served; classifier_count is then 0 */
} tx_library;

/* THE one symbol a plugin exports.  [any], idempotent, under a millisecond, allocates nothing that needs
 * undoing, never NULL.  `host_minor` is the minor version the host was built for; a plugin that cannot
 * work with such a host says why in `refusal`. */
TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t host_minor);
typedef const tx_library *(*tx_entry_v1)(uint32_t host_minor);

/* ------------------------------------------------------------------------------------------- extensions
 * Found by get_extension("name/revision").  A revision never changes once released; what is new gets a
 * new revision.  Third parties put their own reverse-DNS name in front. */

/* tokens/1: the classifier's own tokenizer. */
#define TX_EXT_TOKENS "textexplain.tokens/1"

enum {
    TX_TOKEN_SPECIAL = 1,        /* begin == end: stands for nothing in the text */
    TX_TOKEN_UNKNOWN = 2,        /* outside the vocabulary                       */
    TX_TOKEN_CONTINUES_WORD = 4, /* belongs to the token before it               */
    TX_TOKEN_CUT = 8             /* past the point where the model stops reading */
};

/* A byte range of the text and its vocabulary id (-1 = none).  Frozen. */
typedef struct tx_token {
    uint64_t begin, end;
    int64_t id;
    uint32_t flags, reserved;
} tx_token;

typedef struct tx_ext_tokens {
    uint32_t size;
    uint32_t reserved;
    /* [call] Puts tx_token records, ascending and disjoint, on character boundaries. */
    tx_result (*tokenize)(tx_instance *self, tx_text text, const tx_sink *tokens, tx_error *error);
} tx_ext_tokens;

/* masked/1: the fast path of explaining - one text, many subsets of its pieces.
 * The reference rendering makes it testable: bytes outside the pieces always stay; a present piece keeps
 * its bytes; an absent one leaves nothing (REMOVE) or the filler (REPLACE); white space is not tidied.
 * score() MUST equal predict() on the text so rendered, within tx_info.tolerance. */
#define TX_EXT_MASKED "textexplain.masked/1"

/* A half-open byte range [begin, end).  Frozen. */
typedef struct tx_piece {
    uint64_t begin, end;
} tx_piece;

enum {
    TX_ABSENT_REMOVE = 1,
    TX_ABSENT_REPLACE = 2,   /* by tx_masking.filler */
    TX_ABSENT_MODEL_MASK = 3 /* by the model's own mask token: no text equals it, so predict() cannot
                                check it, but with every piece present it equals the text */
};

typedef struct tx_masking {
    uint32_t size;
    int32_t absent; /* TX_ABSENT_ */
    tx_text text, filler;
    const tx_piece *pieces; /* ascending, disjoint, not empty, on character boundaries */
    size_t piece_count;     /* may be 0 */
} tx_masking;

/* The plugin's own state for one prepared text. */
typedef struct tx_masked tx_masked;

typedef struct tx_ext_masked {
    uint32_t size;
    uint32_t absent_modes; /* bit m set: TX_ABSENT_ value m is supported (1u << TX_ABSENT_REMOVE, ...) */

    /* [call] Several prepared texts may be alive at once.  TX_E_UNSUPPORTED declines this text, and the
     * host then uses predict(). */
    tx_result (*prepare)(tx_instance *self, const tx_call *call, const tx_masking *what, tx_masked **out,
                         tx_error *error);

    /* [call] `masks` holds rows x words_per_mask words; bit i % 64 of word i / 64 (least significant
     * first) = piece i is present; bits past the last piece are zero. */
    tx_result (*score)(tx_instance *self, tx_masked *prepared, const tx_call *call, const uint64_t *masks,
                       size_t rows, size_t words_per_mask, tx_scores *out, tx_error *error);

    /* [call] */
    void (*release)(tx_instance *self, tx_masked *prepared);
} tx_ext_masked;

/* linear/1: an exact account of a linear model's decision: logit = bias + sum of the terms.
 * What the logit of an output is follows from tx_info.output_kind and tx_info.outputs:
 *   PROBABILITY, LOG_PROBABILITY, one or two outputs: the log-odds log(p / (1 - p)) of this output alone, so that
 *     the logits of a pair are each other's negatives (and not two numbers whose softmax the pair is);
 *   the same, three outputs and more: numbers whose softmax is the row of probabilities; something added to all
 *     of them changes nothing;
 *   MULTILABEL: the log-odds of this output;
 *   LOGIT, REGRESSION, MARGIN: the score itself. */
#define TX_EXT_LINEAR "textexplain.linear/1"

/* One term and the bytes it comes from (begin == end: from none in particular).  Frozen. */
typedef struct tx_term {
    uint64_t begin, end;
    double value;
    int64_t feature; /* the model's own number for it, -1 = none */
} tx_term;

typedef struct tx_ext_linear {
    uint32_t size;
    uint32_t terms_are_independent; /* 1: taking bytes away takes away their own terms only, so that
                                       Shapley values on the logit are sums of terms */
    /* [call] `output` < tx_info.outputs. */
    tx_result (*terms)(tx_instance *self, tx_text text, uint32_t output, double *bias,
                       const tx_sink *terms, tx_error *error);
} tx_ext_linear;

#ifdef __cplusplus
}
#endif
#endif
