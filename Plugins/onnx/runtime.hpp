// runtime.hpp - ONNX Runtime, found and loaded when a model is opened.
#pragma once

#include "ort.hpp"

#include <textexplain/call.hpp>

namespace textexplain {

// A loaded ONNX Runtime. It stays for the life of the process, as libraries that keep threads and globals have to.
class Runtime {
public:
    // The runtime in the file `path`, or, where that is empty, the newest in the system's folders. Throws TX_E_MODEL
    // for a file that is none, TX_E_OPTION where there is no runtime at all.
    static const Runtime &open(const std::string &path);

    Runtime(const Runtime &) = delete;
    Runtime &operator=(const Runtime &) = delete;

    const ort::Api &api() const { return api_; }
    const ort::Environment *environment() const { return environment_; }
    ort::Allocator *allocator() const { return allocator_; }
    const ort::MemoryInfo *memory() const { return memory_; }
    const std::string &version() const { return version_; }

    // Throws the message of a status that is not null.
    void check(ort::Status *status, const std::string &doing, tx_result code = TX_E_MODEL) const;

private:
    explicit Runtime(const std::string &path);
    void test() const;

    std::string path_, version_;
    ort::Api api_;
    ort::Environment *environment_ = nullptr;
    ort::Allocator *allocator_ = nullptr;
    ort::MemoryInfo *memory_ = nullptr;
};

// While one lives, what the runtime logs on this thread goes to the instance's log.
class LoggingTo {
public:
    explicit LoggingTo(const Log &log);
    ~LoggingTo();
    LoggingTo(const LoggingTo &) = delete;
    LoggingTo &operator=(const LoggingTo &) = delete;

private:
    const Log *before_;
};

// Something of the runtime's that is released by a function of its table.
template <typename Thing> class Owned {
public:
    explicit Owned(void (*release)(Thing *)) noexcept : release_(release) {}
    Owned(Owned &&other) noexcept : thing_(other.thing_), release_(other.release_) { other.thing_ = nullptr; }
    Owned(const Owned &) = delete;
    Owned &operator=(const Owned &) = delete;
    ~Owned()
    {
        if (thing_) release_(thing_);
    }
    Thing *get() const noexcept { return thing_; }
    Thing **out() noexcept { return &thing_; }

private:
    Thing *thing_ = nullptr;
    void (*release_)(Thing *);
};

} // namespace textexplain
