// failure.hpp - how a call fails: by an exception inside the plugin, by a code and a message outside (R6).
#pragma once

#include "textexplain_plugin.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>

namespace textexplain {

// A failed call: what the host does next, and what happened, for the reader.
struct Failure {
    tx_result code;
    std::string message;
};

// Writes a message into the host's room, which may be missing or small, cut between characters.
inline tx_result report(tx_error *error, tx_result code, std::string_view message) noexcept
{
    if (error && TX_HAS(error, tx_error, message) && error->message) {
        std::size_t length = std::min<std::size_t>(message.size(), error->capacity);
        while (length > 0 && length < message.size() && (message[length] & 0xC0) == 0x80) length--;
        std::memcpy(error->message, message.data(), length);
        error->length = static_cast<std::uint32_t>(length);
    }
    return code;
}

// Runs the body of a call; whatever it throws becomes a code and a message.
template <typename Body> tx_result guarded(tx_error *error, Body body) noexcept
{
    try {
        body();
        return TX_OK;
    } catch (const Failure &failure) {
        return report(error, failure.code, failure.message);
    } catch (const std::bad_alloc &) {
        return report(error, TX_E_NOMEM, "out of memory");
    } catch (const std::exception &exception) {
        return report(error, TX_E_INTERNAL, exception.what());
    } catch (...) {
        return report(error, TX_E_INTERNAL, "unknown exception");
    }
}

} // namespace textexplain
