#include "session.hpp"

namespace textexplain {

Tensor::Tensor(const Runtime &runtime, int type, const std::vector<std::int64_t> &shape, void *data, std::size_t bytes)
    : runtime_(runtime), value_(runtime.api().ReleaseValue)
{
    runtime.check(runtime.api().CreateTensorWithDataAsOrtValue(runtime.memory(), data, bytes, shape.data(),
                                                               shape.size(), type, value_.out()),
                  "cannot make a tensor", TX_E_INTERNAL);
}

Tensor::Tensor(const Runtime &runtime, const std::vector<std::int64_t> &shape)
    : runtime_(runtime), value_(runtime.api().ReleaseValue)
{
    runtime.check(runtime.api().CreateTensorAsOrtValue(runtime.allocator(), shape.data(), shape.size(),
                                                       ort::type_string, value_.out()),
                  "cannot make a tensor", TX_E_INTERNAL);
}

bool Tensor::is_tensor() const
{
    int answer = 0;
    runtime_.check(runtime_.api().IsTensor(get(), &answer), "cannot read a result");
    return answer != 0;
}

Owned<ort::TensorInfo> Tensor::info() const
{
    Owned<ort::TensorInfo> info(runtime_.api().ReleaseTensorTypeAndShapeInfo);
    runtime_.check(runtime_.api().GetTensorTypeAndShape(get(), info.out()), "cannot read a result");
    return info;
}

int Tensor::type() const
{
    int type = 0;
    runtime_.check(runtime_.api().GetTensorElementType(info().get(), &type), "cannot read a result");
    return type;
}

std::vector<std::int64_t> Tensor::dimensions() const
{
    const auto info = this->info();
    std::size_t count = 0;
    runtime_.check(runtime_.api().GetDimensionsCount(info.get(), &count), "cannot read a result");
    std::vector<std::int64_t> dimensions(count);
    runtime_.check(runtime_.api().GetDimensions(info.get(), dimensions.data(), count), "cannot read a result");
    return dimensions;
}

void *Tensor::data() const
{
    void *data = nullptr;
    runtime_.check(runtime_.api().GetTensorMutableData(get(), &data), "cannot read a result");
    return data;
}

void Tensor::set(std::size_t index, std::string_view text) const
{
    char *room = nullptr;
    runtime_.check(runtime_.api().GetResizedStringTensorElementBuffer(get(), index, text.size(), &room),
                   "cannot make a tensor", TX_E_INTERNAL);
    if (!text.empty()) std::memcpy(room, text.data(), text.size());
}

std::string type_name(int type)
{
    static const char *const names[] = {"no tensor", "float",  "uint8", "int8",    "uint16",
                                        "int16",     "int32",  "int64", "string",  "bool",
                                        "float16",   "double", "uint32", "uint64"};
    return type >= 0 && type < 14 ? names[type] : "type " + std::to_string(type);
}

std::string Port::described() const
{
    std::string text = name + ": " + type_name(type);
    if (type == 0) return text;
    text += " [";
    for (std::size_t i = 0; i < dimensions.size(); i++)
        text += (i ? ", " : "") + (dimensions[i] < 0 ? std::string("?") : std::to_string(dimensions[i]));
    return text + "]";
}

Owned<ort::SessionOptions> Session::options(int threads) const
{
    const auto &api = runtime_.api();
    Owned<ort::SessionOptions> options(api.ReleaseSessionOptions);
    runtime_.check(api.CreateSessionOptions(options.out()), "cannot open a session", TX_E_INTERNAL);
    // Texts have many lengths, and a plan of the memory kept for each of them would only grow.
    runtime_.check(api.DisableMemPattern(options.get()), "cannot open a session", TX_E_INTERNAL);
    runtime_.check(api.SetIntraOpNumThreads(options.get(), threads), "cannot open a session", TX_E_INTERNAL);
    runtime_.check(api.SetInterOpNumThreads(options.get(), 1), "cannot open a session", TX_E_INTERNAL);
    return options;
}

Session::Session(const Runtime &runtime, const std::string &path, int threads)
    : runtime_(runtime), name_(path), handle_(runtime.api().ReleaseSession)
{
    runtime.check(runtime.api().CreateSession(runtime.environment(), path.c_str(), options(threads).get(),
                                              handle_.out()),
                  "ONNX Runtime " + runtime.version() + " cannot open " + path);
    read_ports();
}

Session::Session(const Runtime &runtime, std::string_view model)
    : runtime_(runtime), name_("a model in memory"), handle_(runtime.api().ReleaseSession)
{
    runtime.check(runtime.api().CreateSessionFromArray(runtime.environment(), model.data(), model.size(),
                                                       options(1).get(), handle_.out()),
                  "ONNX Runtime " + runtime.version() + " cannot open a model in memory");
    read_ports();
}

void Session::read_ports()
{
    std::size_t count = 0;
    runtime_.check(runtime_.api().SessionGetInputCount(handle_.get(), &count), name_);
    for (std::size_t i = 0; i < count; i++) inputs_.push_back(port(i, true));
    runtime_.check(runtime_.api().SessionGetOutputCount(handle_.get(), &count), name_);
    for (std::size_t i = 0; i < count; i++) outputs_.push_back(port(i, false));
}

Port Session::port(std::size_t index, bool input) const
{
    const auto &api = runtime_.api();
    Port port;
    char *name = nullptr;
    runtime_.check((input ? api.SessionGetInputName : api.SessionGetOutputName)(handle_.get(), index,
                                                                                runtime_.allocator(), &name),
                   name_);
    port.name = name;
    runtime_.check(api.AllocatorFree(runtime_.allocator(), name), name_);

    Owned<ort::TypeInfo> type(api.ReleaseTypeInfo);
    const auto get_type = input ? api.SessionGetInputTypeInfo : api.SessionGetOutputTypeInfo;
    runtime_.check(get_type(handle_.get(), index, type.out()), name_);
    int kind = 0;
    runtime_.check(api.GetOnnxTypeFromTypeInfo(type.get(), &kind), name_);
    if (kind != ort::kind_tensor) return port;
    const ort::TensorInfo *info = nullptr; // belongs to `type`
    runtime_.check(api.CastTypeInfoToTensorInfo(type.get(), &info), name_);
    runtime_.check(api.GetTensorElementType(info, &port.type), name_);
    std::size_t count = 0;
    runtime_.check(api.GetDimensionsCount(info, &count), name_);
    port.dimensions.resize(count);
    runtime_.check(api.GetDimensions(info, port.dimensions.data(), count), name_);
    return port;
}

std::string Session::ports() const
{
    std::string text = "the model's inputs are ";
    for (std::size_t i = 0; i < inputs_.size(); i++) text += (i ? "; " : "") + inputs_[i].described();
    text += inputs_.empty() ? "none, its outputs " : ", its outputs ";
    for (std::size_t i = 0; i < outputs_.size(); i++) text += (i ? "; " : "") + outputs_[i].described();
    return text;
}

Tensor Session::run(const std::vector<const char *> &names, const std::vector<const ort::Value *> &values,
                    const std::string &output)
{
    Owned<ort::Value> result(runtime_.api().ReleaseValue);
    const char *const outputs[] = {output.c_str()};
    runtime_.check(runtime_.api().Run(handle_.get(), nullptr, names.data(), values.data(), names.size(), outputs, 1,
                                      result.out()),
                   name_ + " fails");
    return Tensor(runtime_, std::move(result));
}

} // namespace textexplain
