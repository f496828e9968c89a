// model_reader.hpp - the bytes of a model file in order: each is hashed, and none is taken that is not there.
#pragma once

#include "textexplain/call.hpp"
#include "textexplain/file.hpp"

#include <cmath>
#include <vector>

namespace textexplain {

class ModelReader {
public:
    ModelReader(const std::string &path, Call call) : path_(path), call_(call)
    {
        file_.reset(std::fopen(path.c_str(), "rbe"));
        struct stat status;
        if (!file_ || fstat(fileno(file_.get()), &status) != 0)
            throw Failure{TX_E_MODEL, "cannot read " + path + ": " + std::strerror(errno)};
        if (!S_ISREG(status.st_mode)) throw Failure{TX_E_MODEL, "not a file: " + path};
        left_ = static_cast<std::uint64_t>(status.st_size);
    }

    [[noreturn]] void refuse(const std::string &why) const { throw Failure{TX_E_MODEL, path_ + ": " + why}; }

    std::uint64_t left() const { return left_; }

    template <typename Number> Number number(const char *what)
    {
        Number value;
        take(&value, sizeof value, what);
        return value;
    }

    // A string of at most so many bytes, behind which there is a NUL.
    std::string string(const char *what, std::size_t most)
    {
        std::string value;
        while (const char byte = number<char>(what)) {
            if (value.size() == most)
                refuse("damaged: in " + std::string(what) + ", a word has more than " + std::to_string(most) + " bytes");
            value += byte;
        }
        return value;
    }

    void skip(std::uint64_t count, const char *what)
    {
        need(count, 1, what);
        std::vector<char> piece(piece_size);
        for (; count > 0; count -= std::min<std::uint64_t>(count, piece.size()))
            take(piece.data(), std::min<std::uint64_t>(count, piece.size()), what);
    }

    // Numbers that will be multiplied and added up: libfasttext indexes a table by such sums, so that NaN would crash
    // it.
    void weights(std::uint64_t count, const char *what)
    {
        need(count, sizeof(float), what);
        std::vector<float> piece(piece_size / sizeof(float));
        while (count > 0) {
            const std::uint64_t some = std::min<std::uint64_t>(count, piece.size());
            take(piece.data(), some * sizeof(float), what);
            bool sane = true;
            for (std::uint64_t i = 0; i < some; i++) sane &= std::abs(piece[i]) <= 1e8f;
            if (!sane) refuse("damaged: " + std::string(what) + " hold what is no weight (NaN, or beyond 1e8)");
            count -= some;
        }
    }

    // Refuses a table that is larger than what is left of the file, before anybody makes room for it.
    void need(std::uint64_t count, std::uint64_t size, const char *what) const
    {
        if (count > left_ / size) refuse(std::string("cut off or damaged: it ends within ") + what);
    }

    std::string id() { return hash_.id(); }

private:
    static constexpr std::size_t piece_size = std::size_t{1} << 20;

    void take(void *out, std::size_t count, const char *what)
    {
        need(count, 1, what);
        left_ -= count;
        for (char *to = static_cast<char *>(out); count > 0;) {
            if (at_ == piece_.size()) refill(what);
            const std::size_t some = std::min(count, piece_.size() - at_);
            std::memcpy(to, piece_.data() + at_, some);
            at_ += some, to += some, count -= some;
        }
    }

    void refill(const char *what)
    {
        call_.poll();
        piece_.resize(piece_size);
        piece_.resize(std::fread(piece_.data(), 1, piece_.size(), file_.get()));
        at_ = 0;
        if (piece_.empty()) refuse(std::string("cannot be read within ") + what);
        hash_.add(piece_);
    }

    struct Close {
        void operator()(std::FILE *file) const { std::fclose(file); }
    };

    const std::string path_;
    const Call call_;
    std::unique_ptr<std::FILE, Close> file_;
    std::uint64_t left_;
    std::string piece_;
    std::size_t at_ = 0;
    ModelHash hash_;
};

} // namespace textexplain
