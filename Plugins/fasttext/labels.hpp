// labels.hpp - the names of the outputs.
#pragma once

#include "network.hpp"
#include "textexplain/failure.hpp"

#include <unordered_set>

#include <unicode/utf8.h> // the macros alone

namespace textexplain {

inline bool is_utf8(const std::string &text)
{
    for (std::int32_t at = 0, end = static_cast<std::int32_t>(text.size()); at < end;) {
        UChar32 scalar;
        U8_NEXT(text.data(), at, end, scalar);
        if (scalar < 0) return false;
    }
    return true;
}

// The names of a model's first `count` labels without the prefix that marks them in training files; fastText itself
// keeps no note of what the prefix was.
inline std::vector<std::string> label_names(const Network &network, std::size_t count, const std::string &prefix)
{
    std::vector<std::string> names;
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < count; i++) {
        std::string name = network.label(i);
        if (name.size() > prefix.size() && name.compare(0, prefix.size(), prefix) == 0) name.erase(0, prefix.size());
        if (name.empty() || !is_utf8(name))
            throw Failure{TX_E_MODEL, "the model's label number " + std::to_string(i + 1) + " is empty or not UTF-8"};
        if (!seen.insert(name).second) throw Failure{TX_E_MODEL, "the model has two labels \"" + name + "\""};
        names.push_back(std::move(name));
    }
    return names;
}

} // namespace textexplain
