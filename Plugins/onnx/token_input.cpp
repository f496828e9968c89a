#include "token_input.hpp"

namespace textexplain {

TokenInput::TokenInput(Fields fields, const std::string &folder, ModelHash &hash)
{
    ids_name_ = fields.text("ids");
    mask_name_ = fields.text("mask");
    types_name_ = fields.text("types");
    if (const auto maximum = fields.integer("maximumTokens", 1, 1 << 20)) {
        maximum_ = static_cast<std::size_t>(*maximum);
        given_maximum_ = true;
    }
    read_vocabulary(fields, folder, hash);
    static const Json none = Json::object();
    read_special(fields.has("special") ? fields.inner("special") : Fields(none, "special"));
    fields.finish();
}

void TokenInput::read_vocabulary(Fields &fields, const std::string &folder, ModelHash &hash)
{
    const auto offset = fields.integer("byteOffset", 0, 1 << 20);
    const auto name = fields.text("vocabulary");
    if (name.has_value() == offset.has_value())
        throw fields.wrong("vocabulary", "has to name vocab.txt or tokenizer.json, or \"byteOffset\" the id of byte 0");
    if (offset) {
        tokenizer_ = std::make_unique<ByteTokens>(*offset);
        return;
    }
    auto wordpiece = std::make_unique<WordPiece>();
    if (fields.has("special")) {
        Fields special = fields.inner("special");
        if (special.at("unknown").is_string()) wordpiece->unknown = *special.text("unknown");
    }
    const std::string path = file_in(folder, *name, fields, "vocabulary");
    read_wordpiece(path, *wordpiece);
    hash.add_file(path);
    Normalizer &normalizer = wordpiece->normalizer;
    normalizer.cleans = fields.boolean("cleanText").value_or(normalizer.cleans);
    normalizer.spaces_ideographs = fields.boolean("spaceIdeographs").value_or(normalizer.spaces_ideographs);
    normalizer.lowercases = fields.boolean("lowercase").value_or(normalizer.lowercases);
    if (const auto strips = fields.boolean("stripAccents")) normalizer.strips_accents = strips;
    tokenizer_ = std::move(wordpiece);
}

// A special token by its name or its id; one that is not given is the usual one, where the vocabulary has that.
std::optional<std::int64_t> TokenInput::special(Fields &fields, const char *key, const char *usual) const
{
    const Json &value = fields.at(key);
    if (value.is_number()) return fields.integer(key, 0, std::int64_t{1} << 31);
    if (value.is_boolean() && value == false) return std::nullopt;
    const auto name = fields.text(key);
    const auto id = tokenizer_->find(name.value_or(usual));
    if (name && !id) throw fields.wrong(key, "is \"" + *name + "\", which the vocabulary does not have");
    return id;
}

void TokenInput::read_special(Fields fields)
{
    special(fields, "unknown", "[UNK]");
    begin_id_ = special(fields, "begin", "[CLS]");
    end_id_ = special(fields, "end", "[SEP]");
    padding_id_ = special(fields, "padding", "[PAD]");
    mask_id_ = special(fields, "mask", "[MASK]");
    fields.finish();
}

void TokenInput::bind(Ports &ports)
{
    ids_port_ = *ports.take(ids_name_, "input_ids", true);
    mask_port_ = ports.take(mask_name_, "attention_mask", false);
    types_port_ = ports.take(types_name_, "token_type_ids", false);
    ports.require_type(ids_port_, {ort::type_int64, ort::type_int32});
    if (mask_port_)
        ports.require_type(*mask_port_, {ort::type_int64, ort::type_int32, ort::type_float, ort::type_bool});
    if (types_port_) ports.require_type(*types_port_, {ort::type_int64, ort::type_int32});

    std::int64_t fixed = -1;
    for (const auto &port : {std::optional(ids_port_), mask_port_, types_port_}) {
        if (!port) continue;
        bind_rows(ports, *port, 2);
        const std::int64_t columns = port->dimensions[1];
        if (columns >= 0 && fixed >= 0 && columns != fixed) throw ports.wrong("the model's inputs differ in length");
        if (columns >= 0) fixed = columns;
    }
    pads_ = fixed >= 0;
    if (pads_ && given_maximum_ && static_cast<std::size_t>(fixed) != maximum_)
        throw ports.wrong("textexplain.json says maximumTokens " + std::to_string(maximum_));
    if (pads_) maximum_ = static_cast<std::size_t>(fixed);
    if (!pads_ && !given_maximum_)
        throw ports.wrong("the model reads texts of any length; textexplain.json has to say how many tokens it was "
                          "made for, field \"input\", \"maximumTokens\"");
    if (maximum_ > std::size_t{1} << 20 || maximum_ <= (begin_id_ ? 1u : 0u) + (end_id_ ? 1u : 0u))
        throw ports.wrong("a model of " + std::to_string(maximum_) + " tokens has no room for a text");
    if (pads_ && !padding_id_)
        throw ports.wrong("the model reads " + std::to_string(maximum_) +
                          " tokens always, and the vocabulary has no [PAD] to fill them; name another in "
                          "textexplain.json, field \"input\", \"special\", \"padding\"");
}

TokenInput::Window TokenInput::window(std::string_view text, const Call &call) const
{
    Window window{tokenizer_->tokens(text, room(), call), false};
    window.truncated = window.tokens.size() > room();
    if (window.truncated) window.tokens.resize(room());
    return window;
}

Row TokenInput::row(const Window &window) const
{
    Row row;
    row.truncated = window.truncated;
    if (begin_id_) row.values.push_back(*begin_id_);
    for (const Token &token : window.tokens) row.values.push_back(token.id);
    if (end_id_) row.values.push_back(*end_id_);
    // Where there are no special tokens, the empty text is one of padding that counts: models are made neither for
    // tensors without elements nor for a mask that leaves nothing.
    if (row.values.empty()) row.values.push_back(padding_id_.value_or(0));
    row.used = row.values.size();
    if (pads_) row.values.resize(maximum_, padding_id_.value_or(0));
    return row;
}

void TokenInput::feed(const std::vector<const Row *> &rows, Feed &feed) const
{
    const std::size_t columns = rows[0]->values.size();
    feed.add(ids_port_, rows.size(), columns, [&](std::size_t i, std::size_t j) { return rows[i]->values[j]; });
    if (mask_port_)
        feed.add(*mask_port_, rows.size(), columns, [&](std::size_t i, std::size_t j) { return j < rows[i]->used; });
    if (types_port_) feed.add(*types_port_, rows.size(), columns, [](std::size_t, std::size_t) { return 0; });
}

void TokenInput::report(std::string_view text, const Sink<tx_token> &sink) const
{
    // The host hands over no terms for this call.
    const auto tokens = tokenizer_->tokens(text, std::numeric_limits<std::size_t>::max(), Call(nullptr));
    std::size_t end = 0;
    const auto put_special = [&](std::optional<std::int64_t> id) {
        if (id) sink.put({end, end, *id, TX_TOKEN_SPECIAL, 0});
    };
    put_special(begin_id_);
    for (std::size_t i = 0; i < tokens.size(); i++) {
        if (i == room()) put_special(end_id_);
        // Pieces of one character, as of a decomposed one, share its bytes: the first has them.
        const std::size_t begin = std::max(tokens[i].begin, end);
        if (begin >= tokens[i].end) continue;
        end = tokens[i].end;
        sink.put({begin, end, tokens[i].id, tokens[i].flags | (i < room() ? 0u : std::uint32_t{TX_TOKEN_CUT}), 0});
    }
    if (tokens.size() <= room()) put_special(end_id_);
}

std::unique_ptr<Input> read_token_input(Fields fields, const std::string &folder, ModelHash &hash)
{
    return std::make_unique<TokenInput>(std::move(fields), folder, hash);
}

} // namespace textexplain
