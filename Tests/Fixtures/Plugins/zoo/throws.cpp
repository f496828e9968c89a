// throws.cpp - a classifier of the length of texts that keeps the contract, but for an exception that leaves
// prepare where it is asked for what it does not support.
#include "textexplain_plugin.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>
#include <stdexcept>

struct tx_instance {
    int unused;
};

namespace {

tx_result refuse(tx_text key, tx_error *error)
{
    if (error && TX_HAS(error, tx_error, message) && error->message) {
        size_t n = std::min<size_t>(key.len, error->capacity);
        while (n > 0 && n < key.len && (static_cast<unsigned char>(key.data[n]) & 0xC0) == 0x80) n--;
        if (n > 0) std::memcpy(error->message, key.data, n);
        error->length = static_cast<uint32_t>(n);
    }
    return TX_E_OPTION;
}

tx_result create(const tx_classifier *, const tx_host *, const tx_option *options, size_t count, const tx_call *,
                 tx_instance **out, tx_error *error)
{
    if (count > 0) return refuse(options[0].key, error);
    *out = new (std::nothrow) tx_instance();
    return *out ? TX_OK : TX_E_NOMEM;
}

void destroy(tx_instance *self) { delete self; }

const char *const labels[] = {"length"};

const tx_info *info(const tx_instance *)
{
    static const tx_info table = [] {
        tx_info info = {};
        info.size = sizeof info;
        info.output_kind = TX_OUT_REGRESSION;
        info.outputs = 1;
        info.labels = labels;
        info.flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT;
        return info;
    }();
    return &table;
}

// A call takes no time that it would have to ask about.
tx_result predict(tx_instance *, const tx_call *, const tx_text *texts, size_t count, tx_scores *out, tx_error *)
{
    for (size_t i = 0; i < count; i++) out->scores[i * out->row_stride] = static_cast<double>(texts[i].len);
    return TX_OK;
}

tx_result prepare(tx_instance *, const tx_call *, const tx_masking *what, tx_masked **, tx_error *)
{
    if (what->absent > TX_ABSENT_MODEL_MASK) throw std::invalid_argument("no such mode");
    return TX_E_UNSUPPORTED;
}

tx_result score(tx_instance *, tx_masked *, const tx_call *, const uint64_t *, size_t, size_t, tx_scores *, tx_error *)
{
    return TX_E_UNSUPPORTED;
}

void release(tx_instance *, tx_masked *) {}

const tx_ext_masked masked = {sizeof masked, 1u << TX_ABSENT_REMOVE, prepare, score, release};

const void *get_extension(const tx_instance *, const char *id)
{
    return std::strcmp(id, TX_EXT_MASKED) == 0 ? &masked : nullptr;
}

const tx_classifier classifier = {
    sizeof classifier, 0, 0, 0, nullptr, "org.example.throws", "throws", "1.0.0", nullptr, nullptr, nullptr, nullptr,
    create, destroy, info, predict, get_extension};
const tx_classifier *const classifiers[] = {&classifier};
const tx_library library = {sizeof library, TX_ABI_MINOR, 1, 0, classifiers, nullptr};

}  // namespace

extern "C" TX_EXPORT const tx_library *textexplain_plugin_v1(uint32_t) { return &library; }
