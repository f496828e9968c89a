// input.hpp - how a text becomes tensors: the part of a model's description that says so.
#pragma once

#include "json.hpp"
#include "session.hpp"

#include <textexplain/call.hpp>

namespace textexplain {

// A text as the model reads it.
struct Row {
    std::string_view text;            // of a model of strings
    std::vector<std::int64_t> values; // bytes or token ids
    std::size_t used = 0;             // how many of the values are no padding
    bool truncated = false;
    std::optional<std::size_t> answer; // the output that a rule decides on, without the model
};

// The tensors of one run, with the memory that they lie over.
class Feed {
public:
    explicit Feed(const Runtime &runtime) : runtime_(runtime) {}

    // Adds a matrix of numbers, of the type that the port wants: `value(i, j)`.
    template <typename Value> void add(const Port &port, std::size_t rows, std::size_t columns, Value value);
    // Adds a column of strings.
    void add(const Port &port, const std::vector<const Row *> &rows);

    Tensor run(Session &session, const std::string &output) const;

private:
    template <typename Element, typename Value>
    void fill(const Port &port, std::size_t rows, std::size_t columns, Value value)
    {
        auto &bytes = memory_.emplace_back(rows * columns * sizeof(Element));
        auto *const elements = reinterpret_cast<Element *>(bytes.data());
        for (std::size_t i = 0; i < rows; i++)
            for (std::size_t j = 0; j < columns; j++) elements[i * columns + j] = static_cast<Element>(value(i, j));
        const std::vector<std::int64_t> shape = {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns)};
        tensors_.emplace_back(runtime_, port.type, shape, bytes.data(), bytes.size());
        names_.push_back(port.name.c_str());
    }

    const Runtime &runtime_;
    std::vector<const char *> names_;
    std::vector<std::vector<unsigned char>> memory_;
    std::vector<Tensor> tensors_;
};

template <typename Value> void Feed::add(const Port &port, std::size_t rows, std::size_t columns, Value value)
{
    switch (port.type) {
    case ort::type_int64: return fill<std::int64_t>(port, rows, columns, value);
    case ort::type_int32: return fill<std::int32_t>(port, rows, columns, value);
    case ort::type_float: return fill<float>(port, rows, columns, value);
    default: return fill<std::uint8_t>(port, rows, columns, value); // uint8 and bool
    }
}

// The ports of a model, which are to be taken one by one until none is left.
class Ports {
public:
    explicit Ports(const Session &session) : session_(session) {}

    // Takes the input of a name; where none is named, the one called `usual`, or the only one there is. A missing input
    // throws if it was named or has to be there.
    std::optional<Port> take(const std::optional<std::string> &name, const char *usual, bool required);
    // Refuses inputs that nobody feeds.
    void finish() const;
    // A message that ends in the list of inputs and outputs.
    Failure wrong(const std::string &what) const { return Failure{TX_E_MODEL, what + "; " + session_.ports()}; }
    void require_type(const Port &port, const std::vector<int> &types) const;

private:
    const Session &session_;
    std::set<std::string> taken_;
};

// A way of making tensors of texts.
class Input {
public:
    virtual ~Input() = default;

    // Reads the field "input" of a description whose files lie in `folder`; what it reads of them goes into the hash.
    static std::unique_ptr<Input> read(Fields fields, const std::string &folder, ModelHash &hash);

    // Finds its ports, and says what of the description does not fit them.
    virtual void bind(Ports &ports) = 0;
    virtual Row row(std::string_view text, const Call &call) const = 0;
    // Feeds rows whose `values` are of one size.
    virtual void feed(const std::vector<const Row *> &rows, Feed &feed) const = 0;
    // The label that texts which are too short for the model get, if there is such a rule.
    virtual std::optional<std::string> rule_label() const { return std::nullopt; }
    virtual void set_rule_output(std::size_t) {}
    virtual bool truncates() const { return false; }
    // What a short text may cost, in microseconds, for a model of so many bytes.
    virtual std::uint64_t cost(std::uint64_t model_bytes) const = 0;
    // Rows of one run where the model's first dimension is fixed; 0 where it is free.
    std::size_t fixed_rows() const { return fixed_rows_; }

protected:
    // Checks rank, and sets fixed_rows_.
    void bind_rows(const Ports &ports, const Port &port, std::size_t rank);

private:
    std::size_t fixed_rows_ = 0;
};

std::unique_ptr<Input> read_string_input(Fields fields);
std::unique_ptr<Input> read_byte_input(Fields fields);
std::unique_ptr<Input> read_token_input(Fields fields, const std::string &folder, ModelHash &hash);

// The path of a file that a description names; only what lies in its folder is readable.
std::string file_in(const std::string &folder, const std::string &name, const Fields &fields, const char *key);

} // namespace textexplain
