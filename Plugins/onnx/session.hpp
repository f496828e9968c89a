// session.hpp - an open model and the tensors that go in and out.
#pragma once

#include "runtime.hpp"

#include <vector>

namespace textexplain {

// A tensor of the runtime's.
class Tensor {
public:
    // Over memory that somebody else owns and keeps for as long as the tensor lives.
    Tensor(const Runtime &runtime, int type, const std::vector<std::int64_t> &shape, void *data, std::size_t bytes);
    // Of empty strings.
    Tensor(const Runtime &runtime, const std::vector<std::int64_t> &shape);
    // A result, of which the runtime has made whatever it is.
    Tensor(const Runtime &runtime, Owned<ort::Value> value) : runtime_(runtime), value_(std::move(value)) {}

    ort::Value *get() const { return value_.get(); }
    bool is_tensor() const;
    int type() const;
    std::vector<std::int64_t> dimensions() const;
    void *data() const;
    // Sets a string; it may have a NUL in it.
    void set(std::size_t index, std::string_view text) const;

private:
    Owned<ort::TensorInfo> info() const;

    const Runtime &runtime_;
    Owned<ort::Value> value_;
};

// An input or an output of a model, as the model declares it: -1 stands for a dimension that is free.
struct Port {
    std::string name;
    int type = 0; // 0: no tensor
    std::vector<std::int64_t> dimensions;
    // Such as "input_ids: int64 [?, ?]".
    std::string described() const;
};

std::string type_name(int type);

class Session {
public:
    // Opens a model file; throws TX_E_MODEL with the runtime's own words where it cannot.
    Session(const Runtime &runtime, const std::string &path, int threads);
    // Opens a model that lies in memory.
    Session(const Runtime &runtime, std::string_view model);
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    const std::vector<Port> &inputs() const { return inputs_; }
    const std::vector<Port> &outputs() const { return outputs_; }
    // All inputs and outputs, for messages.
    std::string ports() const;

    // Runs the model. Throws TX_E_MODEL with the runtime's own words where that fails.
    Tensor run(const std::vector<const char *> &names, const std::vector<const ort::Value *> &values,
               const std::string &output);

private:
    Owned<ort::SessionOptions> options(int threads) const;
    void read_ports();
    Port port(std::size_t index, bool input) const;

    const Runtime &runtime_;
    std::string name_;
    Owned<ort::SessionHandle> handle_;
    std::vector<Port> inputs_, outputs_;
};

} // namespace textexplain
