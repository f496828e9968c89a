#include "token_rule.hpp"

#include <unicode/uset.h>
#include <unicode/ustring.h>

namespace linear {

namespace {

using textexplain::Failure;

class Runs : public TokenRule {
public:
    Runs(std::vector<bool> set, std::size_t least) : set_(std::move(set)), least_(least) {}

    void find(const std::vector<Character> &text, const textexplain::Call &, std::vector<CharacterRange> &out) override
    {
        out.clear();
        for (std::size_t at = 0; at < text.size(); at++) {
            const std::size_t begin = at;
            while (at < text.size() && set_[text[at].value]) at++;
            if (at - begin >= least_) out.push_back({begin, at});
        }
    }

    bool separates(char32_t character) const override { return !set_[character]; }
    bool is_runs() const override { return set_[0x3C3] == set_[0x3C2]; }

private:
    std::vector<bool> set_; // one bit a code point: quicker than a search, and no more than 136 KB
    std::size_t least_;
};

struct CloseSet {
    void operator()(USet *set) const { uset_close(set); }
};

} // namespace

std::unique_ptr<TokenRule> runs(const std::string &pattern, std::size_t least)
{
    UErrorCode status = U_ZERO_ERROR;
    std::vector<UChar> units(pattern.size() + 1);
    std::int32_t length = 0;
    u_strFromUTF8(units.data(), static_cast<std::int32_t>(units.size()), &length, pattern.data(),
                  static_cast<std::int32_t>(pattern.size()), &status);
    const std::unique_ptr<USet, CloseSet> set(
        U_SUCCESS(status) ? uset_openPattern(units.data(), length, &status) : nullptr);
    if (!set || U_FAILURE(status))
        throw Failure{TX_E_MODEL, "is no set of characters that ICU knows (" + std::string(u_errorName(status)) + ")"};
    std::vector<bool> members(0x110000);
    for (std::int32_t item = 0; item < uset_getItemCount(set.get()); item++) {
        UChar32 first, last;
        UErrorCode item_status = U_ZERO_ERROR;
        if (uset_getItem(set.get(), item, &first, &last, nullptr, 0, &item_status) != 0)
            throw Failure{TX_E_MODEL, "holds a string among its characters"};
        for (UChar32 member = first; member <= last; member++) members[static_cast<std::size_t>(member)] = true;
    }
    return std::make_unique<Runs>(std::move(members), least);
}

} // namespace linear
