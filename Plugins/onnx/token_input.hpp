// token_input.hpp - token ids, with a mask of what is no padding and the types of segments.
#pragma once

#include "input.hpp"
#include "wordpiece.hpp"

#include <textexplain/plugin.hpp>

namespace textexplain {

class TokenInput : public Input {
public:
    TokenInput(Fields fields, const std::string &folder, ModelHash &hash);

    void bind(Ports &ports) override;
    Row row(std::string_view text, const Call &call) const override { return row(window(text, call)); }
    void feed(const std::vector<const Row *> &rows, Feed &feed) const override;
    bool truncates() const override { return true; }
    // Two operations a parameter of four bytes, for some 20 tokens at 20 thousand operations a microsecond.
    std::uint64_t cost(std::uint64_t model_bytes) const override { return 50 + model_bytes / 2000; }

    // The tokens that fit into the model, without special ones.
    struct Window {
        std::vector<Token> tokens;
        bool truncated;
    };
    Window window(std::string_view text, const Call &call) const;
    // The row of some tokens, between the special ones.
    Row row(const Window &window) const;

    // The id that stands for a token that is absent, if the vocabulary has one.
    std::optional<std::int64_t> mask_id() const { return mask_id_; }
    bool begins() const { return begin_id_.has_value(); }
    // All tokens as the host wants them: ascending, disjoint, with special ones and those that do not fit.
    void report(std::string_view text, const Sink<tx_token> &sink) const;

private:
    void read_vocabulary(Fields &fields, const std::string &folder, ModelHash &hash);
    void read_special(Fields fields);
    std::optional<std::int64_t> special(Fields &fields, const char *key, const char *usual) const;
    std::size_t room() const { return maximum_ - (begin_id_ ? 1 : 0) - (end_id_ ? 1 : 0); }

    std::unique_ptr<Tokenizer> tokenizer_;
    std::optional<std::string> ids_name_, mask_name_, types_name_;
    std::optional<std::int64_t> begin_id_, end_id_, padding_id_, mask_id_;
    std::optional<Port> mask_port_, types_port_;
    Port ids_port_;
    std::size_t maximum_ = 0;  // of tokens, special ones included
    bool pads_ = false;        // to the maximum, because the model takes no other size
    bool given_maximum_ = false;
};

// Reads vocab.txt, or the vocabulary and the settings of a tokenizer.json, into a tokenizer.
void read_wordpiece(const std::string &path, WordPiece &tokenizer);

} // namespace textexplain
