#include "input.hpp"

namespace textexplain {

void Feed::add(const Port &port, const std::vector<const Row *> &rows)
{
    std::vector<std::int64_t> shape = {static_cast<std::int64_t>(rows.size())};
    if (port.dimensions.size() == 2) shape.push_back(1);
    const Tensor &tensor = tensors_.emplace_back(runtime_, shape);
    for (std::size_t i = 0; i < rows.size(); i++) tensor.set(i, rows[i]->text);
    names_.push_back(port.name.c_str());
}

Tensor Feed::run(Session &session, const std::string &output) const
{
    std::vector<const ort::Value *> values;
    for (const Tensor &tensor : tensors_) values.push_back(tensor.get());
    return session.run(names_, values, output);
}

std::optional<Port> Ports::take(const std::optional<std::string> &name, const char *usual, bool required)
{
    const auto &inputs = session_.inputs();
    const auto take = [this](const Port &port) {
        if (!taken_.insert(port.name).second)
            throw wrong("textexplain.json names the model's input \"" + port.name + "\" twice");
        return port;
    };
    for (const Port &port : inputs)
        if (port.name == name.value_or(usual)) return take(port);
    if (name) throw wrong("the model has no input \"" + *name + "\"");
    if (!required) return std::nullopt;
    if (inputs.size() == 1) return take(inputs[0]);
    throw wrong("which of the model's inputs is meant has to be named in textexplain.json");
}

void Ports::finish() const
{
    for (const Port &port : session_.inputs())
        if (!taken_.count(port.name))
            throw wrong("nothing is known of the model's input \"" + port.name + "\", and all have to be fed");
}

void Ports::require_type(const Port &port, const std::vector<int> &types) const
{
    std::string names;
    for (const int type : types) {
        if (port.type == type) return;
        names += (names.empty() ? "" : " or ") + type_name(type);
    }
    throw wrong("the input \"" + port.name + "\" is of type " + type_name(port.type) + " and not of " + names);
}

void Input::bind_rows(const Ports &ports, const Port &port, std::size_t rank)
{
    if (port.dimensions.size() != rank)
        throw ports.wrong("the input \"" + port.name + "\" has " + std::to_string(port.dimensions.size()) +
                          " dimensions and not " + std::to_string(rank));
    const std::int64_t rows = port.dimensions[0];
    if (rows < 0) return;
    if (rows == 0 || rows > 4096 || (fixed_rows_ && fixed_rows_ != static_cast<std::size_t>(rows)))
        throw ports.wrong("the input \"" + port.name + "\" takes " + std::to_string(rows) + " texts at a time");
    fixed_rows_ = static_cast<std::size_t>(rows);
}

std::unique_ptr<Input> Input::read(Fields fields, const std::string &folder, ModelHash &hash)
{
    const auto kind = fields.choice("kind", {"string", "bytes", "tokens"});
    if (!kind) throw fields.wrong("kind", "is missing: string, bytes or tokens");
    if (*kind == "string") return read_string_input(std::move(fields));
    if (*kind == "bytes") return read_byte_input(std::move(fields));
    return read_token_input(std::move(fields), folder, hash);
}

std::string file_in(const std::string &folder, const std::string &name, const Fields &fields, const char *key)
{
    bool leaves = name.front() == '/';
    for (std::size_t at = 0; at != std::string::npos;) {
        const std::size_t end = name.find('/', at);
        leaves |= name.compare(at, end == std::string::npos ? end : end - at, "..") == 0;
        at = end == std::string::npos ? end : end + 1;
    }
    if (leaves) throw fields.wrong(key, "leads out of the model's folder");
    return folder + "/" + name;
}

} // namespace textexplain
