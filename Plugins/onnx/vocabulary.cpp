#include "token_input.hpp"

namespace textexplain {

namespace {

constexpr std::size_t largest = std::size_t{64} << 20;

bool ends_with(const std::string &text, std::string_view end)
{
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Adds a piece; `place` is where it is in the file.
void add(std::string piece, std::int64_t id, const std::string &place, WordPiece &tokenizer)
{
    if (piece.size() > WordPiece::longest_piece)
        throw Failure{TX_E_MODEL, place + " holds a piece of " + std::to_string(piece.size()) + " bytes, where " +
                                      std::to_string(WordPiece::longest_piece) + " are allowed: is it a vocabulary?"};
    tokenizer.vocabulary.add(std::move(piece), id);
}

// One piece a line; its number is the id.
void read_lines(const std::string &path, WordPiece &tokenizer)
{
    const std::string bytes = contents(path, largest);
    std::int64_t id = 0;
    for (std::size_t begin = 0; begin < bytes.size(); id++) {
        const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
        std::string piece = bytes.substr(begin, end - begin);
        if (!piece.empty() && piece.back() == '\r') piece.pop_back();
        add(std::move(piece), id, path + ", line " + std::to_string(id + 1) + ",", tokenizer);
        begin = end + 1;
    }
}

// The type of a part of tokenizer.json, or nothing where it is missing or null.
std::string type_of(const Json &part)
{
    const auto found = part.is_object() ? part.find("type") : part.end();
    return part.is_object() && found != part.end() && found->is_string() ? found->get<std::string>() : "";
}

void read_normalizer(Fields &fields, Normalizer &normalizer)
{
    if (!fields.has("normalizer")) {
        normalizer.cleans = normalizer.spaces_ideographs = normalizer.lowercases = false;
        normalizer.strips_accents = false;
        return;
    }
    if (type_of(fields.at("normalizer")) != "BertNormalizer")
        throw fields.wrong("normalizer", "is of type \"" + type_of(fields.at("normalizer")) +
                                             "\"; this plugin knows BertNormalizer");
    Fields settings = fields.inner("normalizer");
    normalizer.cleans = settings.boolean("clean_text").value_or(true);
    normalizer.spaces_ideographs = settings.boolean("handle_chinese_chars").value_or(true);
    normalizer.lowercases = settings.boolean("lowercase").value_or(true);
    normalizer.strips_accents = settings.boolean("strip_accents");
}

void read_tokenizer(const std::string &path, WordPiece &tokenizer)
{
    constexpr std::int64_t most = std::int64_t{1} << 31;
    const Json document = read_json(path, largest);
    Fields fields(document, path);
    if (!fields.has("model")) throw fields.wrong("model", "is missing: this is no tokenizer.json");
    Fields model = fields.inner("model");
    // Old files name no type, but only WordPiece has a longest word.
    if (model.has("type") ? model.text("type") != "WordPiece" : !model.has("max_input_chars_per_word"))
        throw fields.wrong("model", "is of type \"" + model.text("type").value_or("unknown") +
                                        "\"; this plugin reads WordPiece");
    if (type_of(fields.at("pre_tokenizer")) != "BertPreTokenizer")
        throw fields.wrong("pre_tokenizer", "is of type \"" + type_of(fields.at("pre_tokenizer")) +
                                                "\"; this plugin knows BertPreTokenizer");
    read_normalizer(fields, tokenizer.normalizer);
    tokenizer.unknown = model.text("unk_token").value_or(tokenizer.unknown);
    tokenizer.prefix = model.text("continuing_subword_prefix").value_or(tokenizer.prefix);
    if (tokenizer.prefix.size() > WordPiece::longest_piece)
        throw model.wrong("continuing_subword_prefix", "has more than " + std::to_string(WordPiece::longest_piece) +
                                                           " bytes");
    tokenizer.longest_word = static_cast<std::size_t>(
        model.integer("max_input_chars_per_word", 1, WordPiece::most_characters).value_or(100));

    if (!model.at("vocab").is_object()) throw fields.wrong("model", "has no \"vocab\" of pieces and ids");
    Fields pieces = model.inner("vocab");
    for (const auto &[piece, id] : model.at("vocab").items()) {
        if (!id.is_number_integer() || id < 0 || id > most) throw pieces.wrong(piece.substr(0, 80), "is no id");
        add(piece, id.get<std::int64_t>(), path + ", field \"model\", field \"vocab\",", tokenizer);
    }
    for (const Json &added : fields.at("added_tokens").is_array() ? fields.at("added_tokens") : Json::array()) {
        Fields token(added, path + ", field \"added_tokens\"");
        const auto content = token.text("content");
        const auto id = token.integer("id", 0, most);
        if (content && id && !tokenizer.vocabulary.find(*content))
            add(*content, *id, path + ", field \"added_tokens\",", tokenizer);
    }
}

} // namespace

void read_wordpiece(const std::string &path, WordPiece &tokenizer)
{
    ends_with(path, ".json") ? read_tokenizer(path, tokenizer) : read_lines(path, tokenizer);
    if (tokenizer.vocabulary.size() == 0) throw Failure{TX_E_MODEL, path + " holds no pieces"};
    if (!tokenizer.vocabulary.find(tokenizer.unknown))
        throw Failure{TX_E_MODEL, path + " has no " + tokenizer.unknown +
                                      ", which stands for words that it cannot spell; name another in "
                                      "textexplain.json, field \"input\", \"special\", \"unknown\""};
}

} // namespace textexplain
