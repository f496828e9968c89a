// pace.hpp - asking the host now and then, in work whose steps are too short to ask at each.
#pragma once

#include "textexplain/call.hpp"

namespace linear {

class Pace {
public:
    explicit Pace(const textexplain::Call &call) : call_(call) {}

    // Polls after a millisecond or so of work, counted in bytes looked at or things that take as long.
    void worked(std::size_t work)
    {
        work_ += work;
        if (work_ < between_polls) return;
        call_.poll();
        work_ = 0;
    }

private:
    static constexpr std::size_t between_polls = std::size_t{1} << 17;

    const textexplain::Call &call_;
    std::size_t work_ = 0;
};

} // namespace linear
