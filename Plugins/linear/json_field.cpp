#include "json_field.hpp"

#include "model_file.hpp"

namespace linear {

namespace {

using textexplain::Failure;

constexpr int deepest = 8; // members[0].weights[0][0] is five levels down

std::string kind(const Json &value)
{
    return value.is_array() ? "an array" : value.is_object() ? "an object" : value.is_null() ? "null" :
           value.is_string() ? "a string" : value.is_boolean() ? "true or false" : "a number";
}

std::string shown(double number)
{
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%g", number);
    return digits.data();
}

} // namespace

Json parse_json(std::string_view bytes, const std::string &name, const textexplain::Call &call)
{
    std::size_t events = 0;
    const auto watch = [&](int depth, Json::parse_event_t, Json &) {
        if (depth > deepest)
            throw Failure{TX_E_MODEL, name + " is nested too deeply to be a textexplain-linear/1 file"};
        if (++events % 4096 == 0) call.poll();
        return true;
    };
    try {
        return Json::parse(bytes.begin(), bytes.end(), watch);
    } catch (const Json::exception &exception) {
        std::string_view what = exception.what();
        what.remove_prefix(std::min(what.size(), what.find("] ") + 2)); // the library's name for it
        what = what.substr(0, what.find("; last read"));                // bytes of the file, which may be no text
        throw Failure{TX_E_MODEL, name + " is broken or truncated JSON (" + std::string(what) + "); export it again"};
    }
}

void JsonField::refuse(const std::string &wrong) const
{
    throw Failure{TX_E_MODEL, file_ + (path_.empty() ? " " : ": \"" + path_ + "\" ") + wrong};
}

void JsonField::require_fields(const std::vector<std::string_view> &names) const
{
    if (!value_->is_object()) refuse("is " + kind(*value_) + ", not an object");
    for (const auto &[name, value] : value_->items())
        if (std::find(names.begin(), names.end(), name) == names.end())
            refuse((path_.empty() ? "has an unknown field \"" : "has the unknown field \"") + name + "\"");
}

bool JsonField::has(const std::string &name) const { return value_->contains(name) && !(*value_)[name].is_null(); }

JsonField JsonField::at(const std::string &name) const
{
    const std::string path = path_.empty() ? name : path_ + "." + name;
    if (!value_->contains(name)) throw Failure{TX_E_MODEL, file_ + " lacks the field \"" + path + "\""};
    return {(*value_)[name], file_, path};
}

std::size_t JsonField::count() const
{
    if (!value_->is_array()) refuse("is " + kind(*value_) + ", not an array");
    return value_->size();
}

void JsonField::require_count(std::size_t expected, const std::string &because) const
{
    if (count() != expected)
        refuse("has " + std::to_string(count()) + " numbers; " + because + " " + std::to_string(expected));
}

JsonField JsonField::operator[](std::size_t index) const
{
    return {(*value_)[index], file_, path_ + "[" + std::to_string(index) + "]"};
}

bool JsonField::boolean() const
{
    if (!value_->is_boolean()) refuse("is " + kind(*value_) + ", neither true nor false");
    return value_->get<bool>();
}

std::string JsonField::text() const
{
    if (!value_->is_string()) refuse("is " + kind(*value_) + ", not a string");
    return value_->get<std::string>();
}

double JsonField::number() const
{
    if (!value_->is_number()) refuse("is " + kind(*value_) + ", not a number");
    const double number = value_->get<double>();
    if (!(std::abs(number) <= greatest))
        refuse("is " + shown(number) + "; sums of numbers beyond ±1e100 may overflow");
    return number;
}

std::size_t JsonField::whole(std::size_t least, std::size_t most) const
{
    const double given = number();
    if (!value_->is_number_integer() || given < static_cast<double>(least) || given > static_cast<double>(most))
        refuse("is " + shown(given) + ", not a whole number from " + std::to_string(least) + " to " +
               std::to_string(most));
    return value_->get<std::size_t>();
}

std::vector<double> JsonField::numbers(std::size_t expected, const std::string &because) const
{
    require_count(expected, because);
    std::vector<double> numbers;
    numbers.reserve(expected);
    for (std::size_t i = 0; i < expected; i++) {
        const Json &item = (*value_)[i];
        // A fast way for what is right; what is wrong gets its place in the message.
        numbers.push_back(item.is_number_float() && std::abs(item.get<double>()) <= greatest ? item.get<double>()
                                                                                            : (*this)[i].number());
    }
    return numbers;
}

std::vector<std::string> JsonField::texts() const
{
    std::vector<std::string> texts;
    texts.reserve(count());
    for (std::size_t i = 0; i < count(); i++) texts.push_back((*this)[i].text());
    return texts;
}

} // namespace linear
