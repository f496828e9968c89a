// plugin.hpp - from a C++ class to the tables of textexplain_plugin.h.
//
// A class `Model` with
//     Model(const Options &, Log, Call)                                        throws Failure
//     const Info &info() const
//     void predict(Call, const tx_text *texts, std::size_t count, Scores)      throws Failure
//     const void *extension(std::string_view id) const                         one of the tables below, or nullptr
// becomes a classifier by `callbacks<Model>(table)` and a plugin by `Library`. tests: textexplain plugin check.
#pragma once

#include "call.hpp"
#include "failure.hpp"
#include "options.hpp"

#include <memory>
#include <vector>

namespace textexplain {

// The table of tx_info with the strings that it points to.
class Info {
public:
    Info(int output_kind, std::vector<std::string> labels) : labels_(std::move(labels))
    {
        for (const auto &label : labels_) label_pointers_.push_back(label.c_str());
        table.size = sizeof table;
        table.output_kind = output_kind;
        table.outputs = static_cast<std::uint32_t>(labels_.size());
        table.labels = label_pointers_.data();
    }
    Info(const Info &) = delete;
    Info &operator=(const Info &) = delete;

    void set_model_id(std::string id)
    {
        model_id_ = std::move(id);
        table.model_id = model_id_.c_str();
    }
    const std::vector<std::string> &labels() const { return labels_; }

    tx_info table = {};

private:
    std::vector<std::string> labels_;
    std::vector<const char *> label_pointers_;
    std::string model_id_;
};

// The host's room for the scores of one call.
class Scores {
public:
    explicit Scores(tx_scores *out) noexcept : out_(out) {}
    double *row(std::size_t i) const noexcept { return out_->scores + i * out_->row_stride; }
    void flag(std::size_t i, std::uint8_t bits) const noexcept
    {
        if (TX_HAS(out_, tx_scores, row_flags) && out_->row_flags) out_->row_flags[i] |= bits;
    }

private:
    tx_scores *out_;
};

// A growing array on the host's side, whose records may be shorter than ours.
template <typename Record> class Sink {
public:
    explicit Sink(const tx_sink *sink) noexcept : sink_(sink) {}
    void put(const Record &record) const
    {
        // A host of this header's version or newer takes records as they are; an older one, their beginning.
        if (sink_->put(sink_->ctx, &record, 1) < 0) throw Failure{TX_E_HOST, "the host takes no more"};
    }

private:
    const tx_sink *sink_;
};

inline std::string_view view(tx_text text) { return text.len ? std::string_view(text.data, text.len) : std::string_view(); }

// The instance that the host holds: the model alone.
template <typename Model> Model *model(tx_instance *self) noexcept { return reinterpret_cast<Model *>(self); }
template <typename Model> const Model *model(const tx_instance *self) noexcept
{
    return reinterpret_cast<const Model *>(self);
}

// Fills in the callbacks of a classifier.
template <typename Model> void callbacks(tx_classifier &table) noexcept
{
    table.create = [](const tx_classifier *self, const tx_host *host, const tx_option *options, std::size_t count,
                      const tx_call *call, tx_instance **out, tx_error *error) noexcept -> tx_result {
        *out = nullptr;
        return guarded(error, [&] {
            auto opened = std::make_unique<Model>(Options(self, options, count), Log(host), Call(call));
            *out = reinterpret_cast<tx_instance *>(opened.release());
        });
    };
    table.destroy = [](tx_instance *self) noexcept { delete model<Model>(self); };
    table.info = [](const tx_instance *self) noexcept -> const tx_info * { return &model<Model>(self)->info().table; };
    table.predict = [](tx_instance *self, const tx_call *call, const tx_text *texts, std::size_t count, tx_scores *out,
                       tx_error *error) noexcept -> tx_result {
        return guarded(error, [&] { model<Model>(self)->predict(Call(call), texts, count, Scores(out)); });
    };
    table.get_extension = [](const tx_instance *self, const char *id) noexcept -> const void * {
        return model<Model>(self)->extension(id);
    };
}

// tokens/1 by `void tokenize(std::string_view, Sink<tx_token>)`.
template <typename Model> const void *tokens_table() noexcept
{
    static const tx_ext_tokens table = {
        sizeof table, 0,
        [](tx_instance *self, tx_text text, const tx_sink *sink, tx_error *error) noexcept -> tx_result {
            return guarded(error, [&] { model<Model>(self)->tokenize(view(text), Sink<tx_token>(sink)); });
        }};
    return &table;
}

// linear/1 by `double terms(std::string_view, std::uint32_t output, Sink<tx_term>)`, which returns the bias.
template <typename Model, bool Independent> const void *linear_table() noexcept
{
    static const tx_ext_linear table = {
        sizeof table, Independent,
        [](tx_instance *self, tx_text text, std::uint32_t output, double *bias, const tx_sink *sink,
           tx_error *error) noexcept -> tx_result {
            return guarded(error, [&] {
                if (output >= model<Model>(self)->info().table.outputs) throw Failure{TX_E_ARGUMENT, "no such output"};
                *bias = model<Model>(self)->terms(view(text), output, Sink<tx_term>(sink));
            });
        }};
    return &table;
}

// masked/1 by `std::unique_ptr<Model::Masked> prepare(Call, const tx_masking &)`, which throws TX_E_UNSUPPORTED to
// decline a text, and `void score(Model::Masked &, Call, const std::uint64_t *masks, std::size_t rows,
// std::size_t words_per_mask, Scores)`. `Modes` has bit m set for each TX_ABSENT_ value m.
template <typename Model, std::uint32_t Modes> const void *masked_table() noexcept
{
    using Masked = typename Model::Masked;
    static const tx_ext_masked table = {
        sizeof table, Modes,
        [](tx_instance *self, const tx_call *call, const tx_masking *what, tx_masked **out,
           tx_error *error) noexcept -> tx_result {
            *out = nullptr;
            return guarded(error, [&] {
                if (what->absent < 0 || what->absent > 31 || !(Modes >> what->absent & 1))
                    throw Failure{TX_E_UNSUPPORTED, "no such way of being absent"};
                *out = reinterpret_cast<tx_masked *>(model<Model>(self)->prepare(Call(call), *what).release());
            });
        },
        [](tx_instance *self, tx_masked *prepared, const tx_call *call, const std::uint64_t *masks, std::size_t rows,
           std::size_t words, tx_scores *out, tx_error *error) noexcept -> tx_result {
            return guarded(error, [&] {
                model<Model>(self)->score(*reinterpret_cast<Masked *>(prepared), Call(call), masks, rows, words,
                                          Scores(out));
            });
        },
        [](tx_instance *, tx_masked *prepared) noexcept { delete reinterpret_cast<Masked *>(prepared); }};
    return &table;
}

// A plugin of one classifier. The descriptor is filled in by the author, all but `size`, options and callbacks.
template <typename Model> class Library {
public:
    Library(tx_classifier classifier, std::vector<const tx_option_spec *> options) noexcept
        : options_(std::move(options)), classifier_(classifier)
    {
        classifier_.size = sizeof classifier_;
        classifier_.option_count = static_cast<std::uint32_t>(options_.size());
        classifier_.options = options_.data();
        callbacks<Model>(classifier_);
    }
    Library(const Library &) = delete;
    Library &operator=(const Library &) = delete;
    const tx_library *table() const noexcept { return &table_; }

private:
    std::vector<const tx_option_spec *> options_;
    tx_classifier classifier_;
    const tx_classifier *classifiers_[1] = {&classifier_};
    tx_library table_ = {sizeof table_, TX_ABI_MINOR, 1, 0, classifiers_, nullptr};
};

} // namespace textexplain
