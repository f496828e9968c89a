// json.hpp - JSON documents that may be anything: deep, wrong, or of fields that nobody knows.
#pragma once

#include <textexplain/file.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>
#include <set>
#include <vector>

namespace textexplain {

using Json = nlohmann::json;

// Reads a document of at most `most` bytes and of few levels. Throws TX_E_MODEL, naming the file.
inline Json read_json(const std::string &path, std::size_t most)
{
    const std::string bytes = contents(path, most);
    const auto limit = [&path](int depth, Json::parse_event_t, Json &) {
        if (depth > 64) throw Failure{TX_E_MODEL, path + " is nested more than 64 levels deep"};
        return true;
    };
    try {
        return Json::parse(bytes, limit);
    } catch (const Json::exception &exception) {
        throw Failure{TX_E_MODEL, path + " is not JSON: " + std::string(exception.what()).substr(0, 160)};
    }
}

// The fields of one object; each that is read counts as known, and `finish` refuses the rest.
class Fields {
public:
    // `place` is the file and, where it is an inner object, the field.
    Fields(const Json &object, std::string place) : object_(object), place_(std::move(place))
    {
        if (!object.is_object()) throw Failure{TX_E_MODEL, place_ + " is not an object"};
    }

    Failure wrong(const std::string &key, const std::string &what) const
    {
        return Failure{TX_E_MODEL, place_ + ", field \"" + key + "\" " + what};
    }

    // The value of a field; a missing one is null.
    const Json &at(const char *key)
    {
        static const Json null;
        known_.insert(key);
        const auto found = object_.find(key);
        return found == object_.end() ? null : *found;
    }
    bool has(const char *key) { return !at(key).is_null(); }

    std::optional<std::string> text(const char *key)
    {
        const Json &value = at(key);
        if (value.is_null()) return std::nullopt;
        if (!value.is_string()) throw wrong(key, "is not a string");
        auto text = value.get<std::string>();
        if (text.empty() || text.find('\0') != std::string::npos) throw wrong(key, "is empty or has a NUL");
        return text;
    }

    std::optional<std::int64_t> integer(const char *key, std::int64_t least, std::int64_t most)
    {
        const Json &value = at(key);
        if (value.is_null()) return std::nullopt;
        const bool fits = value.is_number_unsigned()
                              ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most) &&
                                    static_cast<std::int64_t>(value.get<std::uint64_t>()) >= least
                              : value.is_number_integer() && value.get<std::int64_t>() >= least &&
                                    value.get<std::int64_t>() <= most;
        if (!fits)
            throw wrong(key, "is no integer from " + std::to_string(least) + " to " + std::to_string(most));
        return value.get<std::int64_t>();
    }

    std::optional<bool> boolean(const char *key)
    {
        const Json &value = at(key);
        if (value.is_null()) return std::nullopt;
        if (!value.is_boolean()) throw wrong(key, "is neither true nor false");
        return value.get<bool>();
    }

    std::vector<std::string> texts(const char *key)
    {
        const Json &value = at(key);
        std::vector<std::string> texts;
        if (value.is_null()) return texts;
        if (!value.is_array()) throw wrong(key, "is not an array of strings");
        for (const Json &element : value) {
            if (!element.is_string() || element.get_ref<const std::string &>().empty())
                throw wrong(key, "is not an array of strings that are not empty");
            if (element.get_ref<const std::string &>().find('\0') != std::string::npos) throw wrong(key, "has a NUL");
            texts.push_back(element.get<std::string>());
        }
        return texts;
    }

    // One of some words.
    std::optional<std::string> choice(const char *key, const std::vector<std::string> &choices)
    {
        auto value = text(key);
        std::string all;
        for (const std::string &choice : choices) {
            if (!value || *value == choice) return value;
            all += (all.empty() ? "" : ", ") + choice;
        }
        throw wrong(key, "is \"" + *value + "\" and not one of " + all);
    }

    Fields inner(const char *key) { return Fields(at(key), place_ + ", field \"" + key + "\""); }

    // Refuses fields that nobody has asked for: mostly they are misspelt.
    void finish() const
    {
        for (const auto &[key, value] : object_.items())
            if (!known_.count(key)) throw wrong(key.substr(0, 80), "is not known here");
    }

private:
    const Json &object_;
    std::string place_;
    std::set<std::string> known_;
};

} // namespace textexplain
