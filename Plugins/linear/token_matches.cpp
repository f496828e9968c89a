#include "token_rule.hpp"

#include <unicode/uregex.h>
#include <unicode/ustring.h>

namespace linear {

namespace {

using textexplain::Call;
using textexplain::Failure;

struct CloseRegex {
    void operator()(URegularExpression *regex) const { uregex_close(regex); }
};

// A call that ICU asks from time to time whether to go on. An exception must not pass through ICU; it waits here.
struct Patience {
    const Call *call;
    std::exception_ptr stopped;

    static UBool asked(const void *context, std::int32_t) noexcept { return ask(context); }
    static UBool asked_between(const void *context, std::int64_t) noexcept { return ask(context); }

private:
    static UBool ask(const void *context) noexcept
    {
        auto *self = static_cast<Patience *>(const_cast<void *>(context));
        try {
            self->call->poll();
            return true;
        } catch (...) {
            self->stopped = std::current_exception();
            return false;
        }
    }
};

class Matches : public TokenRule {
public:
    Matches(std::unique_ptr<URegularExpression, CloseRegex> regex, int group)
        : regex_(std::move(regex)), group_(group)
    {
    }

    void find(const std::vector<Character> &text, const Call &call, std::vector<CharacterRange> &out) override
    {
        out.clear();
        units_.clear();
        characters_.clear();
        for (std::size_t i = 0; i < text.size(); i++) {
            UChar pair[2];
            std::int32_t length = 0;
            U16_APPEND_UNSAFE(pair, length, text[i].value);
            units_.insert(units_.end(), pair, pair + length);
            characters_.insert(characters_.end(), static_cast<std::size_t>(length), i);
        }
        characters_.push_back(text.size());
        units_.push_back(0); // so that there is an address where the text is empty

        Patience patience{&call, nullptr};
        UErrorCode status = U_ZERO_ERROR;
        uregex_setMatchCallback(regex_.get(), Patience::asked, &patience, &status);
        uregex_setFindProgressCallback(regex_.get(), Patience::asked_between, &patience, &status);
        uregex_setText(regex_.get(), units_.data(), static_cast<std::int32_t>(units_.size() - 1), &status);
        while (uregex_findNext(regex_.get(), &status)) {
            std::int32_t begin = uregex_start(regex_.get(), group_, &status);
            std::int32_t end = uregex_end(regex_.get(), group_, &status);
            // A group that took no part is the empty token, as for Python's findall.
            if (begin < 0) begin = end = uregex_start(regex_.get(), 0, &status);
            if (U_FAILURE(status)) break;
            out.push_back({characters_[static_cast<std::size_t>(begin)], characters_[static_cast<std::size_t>(end)]});
        }
        if (patience.stopped) std::rethrow_exception(patience.stopped);
        if (status == U_REGEX_STACK_OVERFLOW)
            throw Failure{TX_E_TOO_LONG, "the model's token pattern needs too much memory for this text"};
        if (U_FAILURE(status)) throw Failure{TX_E_INTERNAL, std::string("token pattern: ") + u_errorName(status)};
    }

    // A pattern may look at anything.
    bool separates(char32_t) const override { return false; }
    bool is_runs() const override { return false; }

private:
    std::unique_ptr<URegularExpression, CloseRegex> regex_;
    int group_;
    std::vector<UChar> units_;
    std::vector<std::size_t> characters_; // the character of each unit
};

} // namespace

std::unique_ptr<TokenRule> matches(const std::string &pattern, int group)
{
    UErrorCode status = U_ZERO_ERROR;
    std::vector<UChar> units(pattern.size() + 1);
    std::int32_t length = 0;
    u_strFromUTF8(units.data(), static_cast<std::int32_t>(units.size()), &length, pattern.data(),
                  static_cast<std::int32_t>(pattern.size()), &status);
    UParseError where{};
    std::unique_ptr<URegularExpression, CloseRegex> regex(
        U_SUCCESS(status) ? uregex_open(units.data(), length, 0, &where, &status) : nullptr);
    if (!regex || U_FAILURE(status))
        throw Failure{TX_E_MODEL, "is no regular expression of ICU: " + std::string(u_errorName(status)) +
                                      " at character " + std::to_string(where.offset)};
    if (uregex_groupCount(regex.get(), &status) < group)
        throw Failure{TX_E_MODEL, "has no group " + std::to_string(group)};
    return std::make_unique<Matches>(std::move(regex), group);
}

} // namespace linear
