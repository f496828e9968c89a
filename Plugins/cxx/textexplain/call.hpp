// call.hpp - what one call may cost, and where messages go.
#pragma once

#include "failure.hpp"

#include <ctime>

namespace textexplain {

// The host's terms for one call, which may be missing: no limit, seed 0.
class Call {
public:
    explicit Call(const tx_call *call) noexcept : call_(call) {}

    // Throws if the host no longer waits; to be asked at least every 50 ms of work.
    void poll() const
    {
        if (!call_) return;
        if (TX_HAS(call_, tx_call, should_stop) && call_->should_stop && call_->should_stop(call_->ctx))
            throw Failure{TX_E_CANCELLED, "cancelled"};
        if (!TX_HAS(call_, tx_call, deadline_ns) || call_->deadline_ns == 0) return;
        std::timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        const std::uint64_t since_start =
            static_cast<std::uint64_t>(now.tv_sec) * 1000000000u + static_cast<std::uint64_t>(now.tv_nsec);
        if (since_start >= call_->deadline_ns) throw Failure{TX_E_DEADLINE, "the deadline has passed"};
    }

private:
    const tx_call *call_;
};

// The host's log, which may be missing. A log lives as long as its instance (R3).
class Log {
public:
    explicit Log(const tx_host *host) noexcept : host_(host) {}

    void operator()(int level, std::string_view message) const noexcept
    {
        if (host_ && TX_HAS(host_, tx_host, log) && host_->log)
            host_->log(host_->ctx, level, message.data(), message.size());
    }

private:
    const tx_host *host_;
};

} // namespace textexplain
