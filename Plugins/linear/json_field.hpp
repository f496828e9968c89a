// json_field.hpp - a value of a JSON file that knows where it stands, for messages.
#pragma once

#include "textexplain/call.hpp"

#include <nlohmann/json.hpp>

#include <optional>

namespace linear {

using Json = nlohmann::json;

// Parses a whole file. Throws TX_E_MODEL with the file's name where it is no JSON or is nested more than a few levels.
Json parse_json(std::string_view bytes, const std::string &name, const textexplain::Call &call);

class JsonField {
public:
    JsonField(const Json &value, std::string file, std::string path)
        : value_(&value), file_(std::move(file)), path_(std::move(path))
    {
    }

    // Throws TX_E_MODEL: the file, the field, and what is wrong with it.
    [[noreturn]] void refuse(const std::string &wrong) const;

    // Refuses what is no object, and names that are not among these.
    void require_fields(const std::vector<std::string_view> &names) const;
    bool has(const std::string &name) const; // present and not null
    JsonField at(const std::string &name) const;

    std::size_t count() const; // of an array, which it has to be
    void require_count(std::size_t count, const std::string &because) const;
    JsonField operator[](std::size_t index) const;

    bool boolean() const;
    std::string text() const;
    double number() const; // finite and not too great
    std::size_t whole(std::size_t least, std::size_t most) const;
    std::vector<double> numbers(std::size_t count, const std::string &because) const;
    std::vector<std::string> texts() const;

private:
    const Json *value_;
    std::string file_, path_;
};

} // namespace linear
