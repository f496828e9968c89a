// options.hpp - what the user gave. The host has checked it against the specs; this is for hosts that are newer or wrong.
#pragma once

#include "failure.hpp"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>

namespace textexplain {

// The options given, by key: each is one of the specs, given once, free of NUL, and well-typed when it is asked for.
class Options {
public:
    Options(const tx_classifier *classifier, const tx_option *options, std::size_t count)
    {
        for (std::size_t i = 0; i < count; i++) {
            const std::string key = string(options[i].key), value = string(options[i].value);
            bool known = false;
            for (std::uint32_t k = 0; k < classifier->option_count; k++) known |= classifier->options[k]->key == key;
            if (!known) throw Failure{TX_E_OPTION, "unknown option: " + key};
            if (value.find('\0') != std::string::npos) throw Failure{TX_E_OPTION, "a NUL in the option " + key};
            if (!values_.emplace(key, value).second) throw Failure{TX_E_OPTION, "given twice: " + key};
        }
    }

    std::optional<std::string> text(const std::string &key) const
    {
        const auto found = values_.find(key);
        return found == values_.end() ? std::nullopt : std::optional(found->second);
    }

    // A value that has to be there and may not be empty: the path of a model, mostly.
    std::string required(const std::string &key) const
    {
        const auto value = text(key);
        if (!value || value->empty()) throw Failure{TX_E_OPTION, "the option " + key + " is missing or empty"};
        return *value;
    }

    long long integer(const std::string &key, long long otherwise, long long least, long long most) const
    {
        const auto value = text(key);
        if (!value) return otherwise;
        char *end = nullptr;
        errno = 0;
        const long long number = std::strtoll(value->c_str(), &end, 10);
        if (value->empty() || *end || errno || number < least || number > most)
            throw Failure{TX_E_OPTION, "the option " + key + " is \"" + *value + "\", which is no integer from " +
                                           std::to_string(least) + " to " + std::to_string(most)};
        return number;
    }

    bool boolean(const std::string &key, bool otherwise) const
    {
        const auto value = text(key);
        if (!value) return otherwise;
        if (*value != "true" && *value != "false") throw Failure{TX_E_OPTION, "neither true nor false: " + key};
        return *value == "true";
    }

    // One of the choices of its spec.
    std::string choice(const std::string &key, const tx_option_spec &spec) const
    {
        const std::string value = text(key).value_or(spec.default_value ? spec.default_value : "");
        for (const char *const *known = spec.choices; known && *known; known++)
            if (value == *known) return value;
        throw Failure{TX_E_OPTION, "the option " + key + " cannot be \"" + value + "\""};
    }

private:
    static std::string string(tx_text text) { return text.len ? std::string(text.data, text.len) : std::string(); }

    std::map<std::string, std::string> values_;
};

} // namespace textexplain
