#include "input.hpp"

#include <unicode/utf8.h>

namespace textexplain {

namespace {

// The text itself, in a tensor of strings: [n] or [n, 1].
class StringInput : public Input {
public:
    explicit StringInput(Fields fields)
    {
        name_ = fields.text("name");
        fields.finish();
    }

    void bind(Ports &ports) override
    {
        port_ = *ports.take(name_, "", true);
        ports.require_type(port_, {ort::type_string});
        bind_rows(ports, port_, port_.dimensions.size() == 2 ? 2 : 1);
        if (port_.dimensions.size() == 2 && port_.dimensions[1] >= 0 && port_.dimensions[1] != 1)
            throw ports.wrong("the input \"" + port_.name + "\" takes more than one string a text");
    }
    Row row(std::string_view text, const Call &) const override
    {
        const auto *const bytes = reinterpret_cast<const std::uint8_t *>(text.data());
        for (std::size_t i = 0; i < text.size();) {
            UChar32 code;
            U8_NEXT(bytes, i, text.size(), code);
            if (code < 0) throw Failure{TX_E_ENCODING, "the text is not UTF-8"};
        }
        Row row;
        row.text = text;
        return row;
    }
    void feed(const std::vector<const Row *> &rows, Feed &feed) const override { feed.add(port_, rows); }
    std::uint64_t cost(std::uint64_t) const override { return 100; }

private:
    std::optional<std::string> name_;
    Port port_;
};

} // namespace

std::unique_ptr<Input> read_string_input(Fields fields) { return std::make_unique<StringInput>(std::move(fields)); }

} // namespace textexplain
