#include "input.hpp"

namespace textexplain {

namespace {

// A window of fixed size: the text's first and last bytes, without the white space around them, padded between.
class ByteInput : public Input {
public:
    explicit ByteInput(Fields fields)
    {
        name_ = fields.text("name");
        first_ = static_cast<std::size_t>(fields.integer("first", 0, 1 << 20).value_or(0));
        last_ = static_cast<std::size_t>(fields.integer("last", 0, 1 << 20).value_or(0));
        if (first_ + last_ == 0)
            throw fields.wrong("first", "and \"last\" are missing: how many bytes the model reads");
        padding_ = fields.integer("padding", -1, 65535).value_or(0);
        strips_ = fields.boolean("strip").value_or(false);
        block_ = static_cast<std::size_t>(fields.integer("block", 0, 1 << 30).value_or(0));
        minimum_ = static_cast<std::size_t>(fields.integer("minimum", 0, 1 << 20).value_or(0));
        below_ = fields.text("below");
        if (below_.has_value() != (minimum_ > 0))
            throw fields.wrong("below", "goes with \"minimum\": the label of texts that have fewer bytes");
        fields.finish();
    }

    void bind(Ports &ports) override
    {
        port_ = *ports.take(name_, "", true);
        ports.require_type(port_, {ort::type_int32, ort::type_uint8, ort::type_int64, ort::type_float});
        if (port_.type == ort::type_uint8 && (padding_ < 0 || padding_ > 255))
            throw ports.wrong("the padding " + std::to_string(padding_) + " is no uint8");
        bind_rows(ports, port_, 2);
        const auto width = static_cast<std::int64_t>(first_ + last_);
        if (port_.dimensions[1] >= 0 && port_.dimensions[1] != width)
            throw ports.wrong("textexplain.json describes a window of " + std::to_string(width) + " bytes");
    }

    Row row(std::string_view text, const Call &) const override
    {
        Row row;
        // Only so much white space is looked at as lies in the first and the last block.
        const std::size_t block = block_ ? std::min(block_, text.size()) : text.size();
        std::size_t begin = 0, end = text.size();
        if (strips_) {
            while (begin < block && is_blank(text[begin])) begin++;
            while (end > text.size() - block && is_blank(text[end - 1])) end--;
        }
        const std::size_t head = std::min(first_, block - begin);
        const std::size_t tail = std::min(last_, end - (text.size() - block));
        row.values.assign(first_ + last_, padding_);
        for (std::size_t i = 0; i < head; i++) row.values[i] = static_cast<unsigned char>(text[begin + i]);
        for (std::size_t i = 0; i < tail; i++)
            row.values[first_ + last_ - tail + i] = static_cast<unsigned char>(text[end - tail + i]);
        row.used = row.values.size();
        row.truncated = begin + head < end - std::min(tail, end);
        if (minimum_ && block - begin < minimum_) row.answer = rule_output_;
        return row;
    }

    void feed(const std::vector<const Row *> &rows, Feed &feed) const override
    {
        feed.add(port_, rows.size(), first_ + last_, [&](std::size_t i, std::size_t j) { return rows[i]->values[j]; });
    }
    std::optional<std::string> rule_label() const override { return below_; }
    void set_rule_output(std::size_t output) override { rule_output_ = output; }
    bool truncates() const override { return true; }
    std::uint64_t cost(std::uint64_t model_bytes) const override { return 100 + model_bytes / 1000; }

private:
    // ASCII's white space, as Python strips it from bytes.
    static bool is_blank(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

    std::optional<std::string> name_, below_;
    Port port_;
    std::size_t first_ = 0, last_ = 0, block_ = 0, minimum_ = 0, rule_output_ = 0;
    std::int64_t padding_ = 0;
    bool strips_ = false;
};

} // namespace

std::unique_ptr<Input> read_byte_input(Fields fields) { return std::make_unique<ByteInput>(std::move(fields)); }

} // namespace textexplain
