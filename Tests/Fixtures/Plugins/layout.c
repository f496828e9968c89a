/* layout.c - sizes and offsets of everything that crosses the boundary, as version 1.0 fixed them on 64-bit
 * machines.  Compiles as C99 and as C++11, with the header of 1.0 and with every later one: what begins with a
 * size may have grown.  A line may be added, never changed. */
#include "textexplain_plugin.h"

/* A negative array size where the condition fails: neither language has static assertions in common. */
#define CHECK(name, condition) typedef char check_##name[(condition) ? 1 : -1]
#define FROZEN(type, bytes) CHECK(type, sizeof(type) == (bytes))
#define GROWS(type, bytes) CHECK(type, sizeof(type) >= (bytes))
#define FIELD(type, field, offset) CHECK(type##_##field, offsetof(type, field) == (offset))

FROZEN(tx_text, 16);
FIELD(tx_text, data, 0);
FIELD(tx_text, len, 8);

FROZEN(tx_option, 32);
FIELD(tx_option, key, 0);
FIELD(tx_option, value, 16);

GROWS(tx_error, 24);
FIELD(tx_error, size, 0);
FIELD(tx_error, capacity, 4);
FIELD(tx_error, length, 8);
FIELD(tx_error, reserved, 12);
FIELD(tx_error, message, 16);

GROWS(tx_sink, 24);
FIELD(tx_sink, size, 0);
FIELD(tx_sink, record_size, 4);
FIELD(tx_sink, ctx, 8);
FIELD(tx_sink, put, 16);

GROWS(tx_host, 40);
FIELD(tx_host, size, 0);
FIELD(tx_host, abi_minor, 4);
FIELD(tx_host, ctx, 8);
FIELD(tx_host, name, 16);
FIELD(tx_host, version, 24);
FIELD(tx_host, log, 32);

GROWS(tx_call, 40);
FIELD(tx_call, size, 0);
FIELD(tx_call, flags, 4);
FIELD(tx_call, deadline_ns, 8);
FIELD(tx_call, seed, 16);
FIELD(tx_call, ctx, 24);
FIELD(tx_call, should_stop, 32);

GROWS(tx_info, 72);
FIELD(tx_info, size, 0);
FIELD(tx_info, output_kind, 4);
FIELD(tx_info, outputs, 8);
FIELD(tx_info, threading, 12);
FIELD(tx_info, labels, 16);
FIELD(tx_info, languages, 24);
FIELD(tx_info, flags, 32);
FIELD(tx_info, preferred_batch, 36);
FIELD(tx_info, max_batch, 40);
FIELD(tx_info, max_text_bytes, 44);
FIELD(tx_info, model_id, 48);
FIELD(tx_info, tolerance, 56);
FIELD(tx_info, typical_cost_us, 64);
FIELD(tx_info, reserved, 68);

GROWS(tx_scores, 40);
FIELD(tx_scores, size, 0);
FIELD(tx_scores, outputs, 4);
FIELD(tx_scores, rows, 8);
FIELD(tx_scores, row_stride, 16);
FIELD(tx_scores, scores, 24);
FIELD(tx_scores, row_flags, 32);

GROWS(tx_option_spec, 40);
FIELD(tx_option_spec, size, 0);
FIELD(tx_option_spec, type, 4);
FIELD(tx_option_spec, key, 8);
FIELD(tx_option_spec, doc, 16);
FIELD(tx_option_spec, default_value, 24);
FIELD(tx_option_spec, choices, 32);

GROWS(tx_classifier, 120);
FIELD(tx_classifier, size, 0);
FIELD(tx_classifier, flags, 4);
FIELD(tx_classifier, needs, 8);
FIELD(tx_classifier, option_count, 12);
FIELD(tx_classifier, options, 16);
FIELD(tx_classifier, id, 24);
FIELD(tx_classifier, name, 32);
FIELD(tx_classifier, version, 40);
FIELD(tx_classifier, vendor, 48);
FIELD(tx_classifier, license, 56);
FIELD(tx_classifier, description, 64);
FIELD(tx_classifier, url, 72);
FIELD(tx_classifier, create, 80);
FIELD(tx_classifier, destroy, 88);
FIELD(tx_classifier, info, 96);
FIELD(tx_classifier, predict, 104);
FIELD(tx_classifier, get_extension, 112);

GROWS(tx_library, 32);
FIELD(tx_library, size, 0);
FIELD(tx_library, abi_minor, 4);
FIELD(tx_library, classifier_count, 8);
FIELD(tx_library, reserved, 12);
FIELD(tx_library, classifiers, 16);
FIELD(tx_library, refusal, 24);

FROZEN(tx_token, 32);
FIELD(tx_token, begin, 0);
FIELD(tx_token, end, 8);
FIELD(tx_token, id, 16);
FIELD(tx_token, flags, 24);
FIELD(tx_token, reserved, 28);

FROZEN(tx_ext_tokens, 16);
FIELD(tx_ext_tokens, size, 0);
FIELD(tx_ext_tokens, reserved, 4);
FIELD(tx_ext_tokens, tokenize, 8);

FROZEN(tx_piece, 16);
FIELD(tx_piece, begin, 0);
FIELD(tx_piece, end, 8);

GROWS(tx_masking, 56);
FIELD(tx_masking, size, 0);
FIELD(tx_masking, absent, 4);
FIELD(tx_masking, text, 8);
FIELD(tx_masking, filler, 24);
FIELD(tx_masking, pieces, 40);
FIELD(tx_masking, piece_count, 48);

FROZEN(tx_ext_masked, 32);
FIELD(tx_ext_masked, size, 0);
FIELD(tx_ext_masked, absent_modes, 4);
FIELD(tx_ext_masked, prepare, 8);
FIELD(tx_ext_masked, score, 16);
FIELD(tx_ext_masked, release, 24);

FROZEN(tx_term, 32);
FIELD(tx_term, begin, 0);
FIELD(tx_term, end, 8);
FIELD(tx_term, value, 16);
FIELD(tx_term, feature, 24);

FROZEN(tx_ext_linear, 16);
FIELD(tx_ext_linear, size, 0);
FIELD(tx_ext_linear, terms_are_independent, 4);
FIELD(tx_ext_linear, terms, 8);

CHECK(result, sizeof(tx_result) == 4);

/* TX_HAS: a field is there if it lies wholly inside `size`. */
static int has(uint32_t size)
{
    tx_info info;
    info.size = size;
    return TX_HAS(&info, tx_info, typical_cost_us);
}

int textexplain_layout_has(void);
int textexplain_layout_has(void) { return !has(64) && !has(67) && has(68) && has(72) && has(1000); }
