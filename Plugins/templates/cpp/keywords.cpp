// keywords.cpp - a complete textexplain plugin in C++: it weighs words of praise against complaints.
//
// textexplain_plugin.h is the contract; (R1), (R4) ... below are its rules. To make a plugin of your own,
// change Model and the names near the end. No exception may leave the plugin (R6): everything that can throw
// runs inside guarded().
#include "textexplain_plugin.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <exception>
#include <new>
#include <string>
#include <unordered_map>

namespace {

// Bytes of a text that are scored well within the 50 ms between two polls.
constexpr std::size_t longest = 1 << 20;

// A failed call: what the host does next, and what happened.
struct Failure {
    tx_result code;
    std::string message;
};

// What one open model remembers. A real plugin would load its weights here.
class Model {
public:
    explicit Model(bool ignore_case) : ignore_case_(ignore_case) {}

    // The probability that a text is positive. It may be empty and may hold NUL (R4).
    double score(const char *begin, const char *end) const
    {
        double good = 1, bad = 1; // one imagined word each: a text without such words scores 0.5
        std::string word;
        for (const char *at = begin; at != end;) {
            const char *stop = std::find_if_not(at, end, is_letter);
            word.assign(at, stop);
            if (ignore_case_) std::transform(word.begin(), word.end(), word.begin(), lower);
            const auto found = words_.find(word);
            if (found != words_.end()) (found->second ? good : bad) += 1;
            at = stop == end ? end : stop + 1;
        }
        return good / (good + bad);
    }

private:
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

    bool ignore_case_;
    std::unordered_map<std::string, bool> words_{{"good", true}, {"great", true}, {"love", true}, {"excellent", true},
                                                 {"bad", false}, {"poor", false}, {"hate", false}, {"terrible", false}};
};

// Writes a message into the host's room, which may be missing or small, cut between characters.
tx_result fail(tx_error *error, tx_result code, const char *message, std::size_t length) noexcept
{
    if (error && TX_HAS(error, tx_error, message) && error->message) {
        std::size_t n = std::min<std::size_t>(length, error->capacity);
        while (n > 0 && n < length && (message[n] & 0xC0) == 0x80) n--;
        std::memcpy(error->message, message, n);
        error->length = static_cast<std::uint32_t>(n);
    }
    return code;
}

// Runs the body of a call; whatever it throws becomes a code and a message.
template <typename Body> tx_result guarded(tx_error *error, Body body) noexcept
{
    try {
        body();
        return TX_OK;
    } catch (const Failure &failure) {
        return fail(error, failure.code, failure.message.data(), failure.message.size());
    } catch (const std::bad_alloc &) {
        return fail(error, TX_E_NOMEM, "out of memory", 13);
    } catch (const std::exception &exception) {
        return fail(error, TX_E_INTERNAL, exception.what(), std::strlen(exception.what()));
    } catch (...) {
        return fail(error, TX_E_INTERNAL, "unknown exception", 17);
    }
}

// Throws if the host no longer waits for this call.
void poll(const tx_call *call)
{
    if (!call) return;
    if (TX_HAS(call, tx_call, should_stop) && call->should_stop && call->should_stop(call->ctx))
        throw Failure{TX_E_CANCELLED, "cancelled"};
    if (!TX_HAS(call, tx_call, deadline_ns) || call->deadline_ns == 0) return;
    std::timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (static_cast<std::uint64_t>(now.tv_sec) * 1000000000u + static_cast<std::uint64_t>(now.tv_nsec) >= call->deadline_ns)
        throw Failure{TX_E_DEADLINE, "the deadline has passed"};
}

std::string string(tx_text text) { return text.len ? std::string(text.data, text.len) : std::string(); }

} // namespace

// The host's name for one open model.
struct tx_instance {
    Model model;
};

namespace {

tx_result create(const tx_classifier *, const tx_host *, const tx_option *options, std::size_t count, const tx_call *,
                 tx_instance **out, tx_error *error) noexcept
{
    *out = nullptr;
    return guarded(error, [&] {
        std::string ignore_case;
        for (std::size_t i = 0; i < count; i++) {
            const std::string key = string(options[i].key), value = string(options[i].value);
            if (key != "ignore-case") throw Failure{TX_E_OPTION, "unknown option: " + key};
            if (!ignore_case.empty()) throw Failure{TX_E_OPTION, "given twice: " + key};
            if (value != "true" && value != "false") throw Failure{TX_E_OPTION, "neither true nor false: " + key};
            ignore_case = value;
        }
        *out = new tx_instance{Model(ignore_case != "false")};
    });
}

void destroy(tx_instance *self) noexcept { delete self; }

const tx_info *info(const tx_instance *) noexcept
{
    static const char *const labels[] = {"negative", "positive"};
    static const tx_info table = [] {
        tx_info info = {};
        info.size = sizeof info;
        info.output_kind = TX_OUT_PROBABILITY;
        info.outputs = 2;
        info.labels = labels;
        info.flags = TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT;
        info.max_text_bytes = longest;
        return info;
    }();
    return &table;
}

tx_result predict(tx_instance *self, const tx_call *call, const tx_text *texts, std::size_t count, tx_scores *out,
                  tx_error *error) noexcept
{
    return guarded(error, [&] {
        for (std::size_t i = 0; i < count; i++) {
            poll(call);
            if (texts[i].len > longest) throw Failure{TX_E_TOO_LONG, "a text of more than 1 MiB"};
            double *row = out->scores + i * out->row_stride; // rows may have padding behind them
            row[1] = self->model.score(texts[i].data, texts[i].data + texts[i].len);
            row[0] = 1 - row[1];
        }
    });
}

const tx_library *library() noexcept
{
    static const tx_option_spec ignore_case = {sizeof ignore_case, TX_OPTION_BOOLEAN, "ignore-case",
                                               "whether Good counts as good", "true", nullptr};
    static const tx_option_spec *const options[] = {&ignore_case};
    static const tx_classifier classifier = [] {
        tx_classifier table = {};
        table.size = sizeof table;
        table.option_count = 1;
        table.options = options;
        table.id = "org.example.keywords";
        table.name = "keywords";
        table.version = "1.0.0";
        table.license = "Apache-2.0";
        table.description = "counts words of praise and complaint";
        table.create = create;
        table.destroy = destroy;
        table.info = info;
        table.predict = predict;
        return table;
    }();
    static const tx_classifier *const classifiers[] = {&classifier};
    static const tx_library table = {sizeof table, TX_ABI_MINOR, 1, 0, classifiers, nullptr};
    return &table;
}

} // namespace

extern "C" TX_EXPORT const tx_library *textexplain_plugin_v1(std::uint32_t)
{
    return library(); // any host of major version 1 will do
}
