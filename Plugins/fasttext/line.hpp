// line.hpp - a text as the one line that fastText reads.
#pragma once

#include "textexplain/call.hpp"

#include <streambuf>

namespace textexplain {

// To fastText a line end is the token "</s>", and that token ends the text. Line ends inside a text, and "</s>" as a
// word of it, count as blanks here, so that the whole text counts; behind the text comes one line end, as on the
// command line.
class Line : public std::streambuf {
public:
    // The host is asked now and then whether to go on, from inside libfasttext's own loop over the bytes.
    void set(std::string_view text, Call call)
    {
        call_ = call;
        bytes_.assign(text);
        std::replace(bytes_.begin(), bytes_.end(), '\n', ' ');
        for (std::size_t at = 0; (at = bytes_.find(end_token, at)) != std::string::npos; at += end_token.size())
            if (is_blank_at(at - 1) && is_blank_at(at + end_token.size()))
                bytes_.replace(at, end_token.size(), end_token.size(), ' ');
        bytes_ += '\n';
        longest_word_ = longest_run();
        setg(bytes_.data(), bytes_.data(), bytes_.data());
    }

    std::size_t longest_word() const { return longest_word_; } // in bytes

    // Whether fastText separates words there.
    static bool is_blank(char byte)
    {
        constexpr std::string_view blanks(" \n\r\t\v\f\0", 7);
        return blanks.find(byte) != std::string_view::npos;
    }

protected:
    int_type underflow() override
    {
        call_.poll();
        char *const end = bytes_.data() + bytes_.size();
        if (gptr() == end) return traits_type::eof();
        setg(bytes_.data(), gptr(), gptr() + std::min<std::ptrdiff_t>(end - gptr(), piece));
        return traits_type::to_int_type(*gptr());
    }

private:
    static constexpr std::string_view end_token = "</s>";
    static constexpr std::ptrdiff_t piece = 1 << 14;

    // Also before the first byte (-1, by overflow) and behind the last.
    bool is_blank_at(std::size_t at) const { return at >= bytes_.size() || is_blank(bytes_[at]); }

    std::size_t longest_run() const
    {
        std::size_t longest = 0, begin = 0;
        for (std::size_t i = 0; i < bytes_.size(); i++) {
            if (!is_blank(bytes_[i])) continue;
            longest = std::max(longest, i - begin);
            begin = i + 1;
        }
        return longest;
    }

    std::string bytes_;
    std::size_t longest_word_ = 0;
    Call call_{nullptr};
};

} // namespace textexplain
