#include "runtime.hpp"

#include "elf_file.hpp"
#include "runtime_search.hpp"
#include "session.hpp"

#include <map>
#include <mutex>

#include <dlfcn.h>
#include <stdlib.h>

namespace textexplain {

namespace {

thread_local const Log *current_log = nullptr;

// Called by the runtime, which knows nothing of instances: the thread tells whose message it is.
void log_message(void *, int severity, const char *, const char *, const char *, const char *message)
{
    if (!current_log || !message) return;
    // What is an error is a status too, and gets into the call's own message.
    (*current_log)(severity >= ort::severity_error ? TX_LOG_INFO : TX_LOG_DEBUG,
                   std::string("ONNX Runtime: ") + message);
}

// Messages of the runtime may be pages long and have line ends.
std::string shortened(std::string message)
{
    for (char &byte : message)
        if (byte == '\n' || byte == '\r' || byte == '\t') byte = ' ';
    while (!message.empty() && (message.back() == ' ' || message.back() == '.')) message.pop_back();
    if (message.size() > 400) {
        std::size_t end = 400;
        while ((message[end] & 0xC0) == 0x80) end--;
        message = message.substr(0, end) + " ...";
    }
    return message;
}

} // namespace

LoggingTo::LoggingTo(const Log &log) : before_(current_log) { current_log = &log; }
LoggingTo::~LoggingTo() { current_log = before_; }

void Runtime::check(ort::Status *status, const std::string &doing, tx_result code) const
{
    if (!status) return;
    const std::string message = shortened(api_.GetErrorMessage(status));
    api_.ReleaseStatus(status);
    throw Failure{code, doing + ": " + message};
}

const Runtime &Runtime::open(const std::string &path)
{
    static std::mutex mutex;
    // Never destroyed: the runtime's threads and its library outlive every instance.
    static auto &opened = *new std::map<std::string, std::unique_ptr<const Runtime>>;
    const std::lock_guard lock(mutex);
    const std::string file = path.empty() ? newest_runtime() : path;
    auto &runtime = opened[file];
    if (!runtime) runtime.reset(new Runtime(file));
    return *runtime;
}

Runtime::Runtime(const std::string &path) : path_(path)
{
    require_whole_library(path);
    // Versions that report their use ask this variable when they are loaded, before any function could say no.
    ::setenv("ORT_DISABLE_TELEMETRY", "1", 1);
    void *const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library) throw Failure{TX_E_MODEL, "cannot load " + path + ": " + dlerror()};
    const auto get_base = reinterpret_cast<const ort::Base *(*)()>(dlsym(library, "OrtGetApiBase"));
    if (!get_base) throw Failure{TX_E_MODEL, path + " is not ONNX Runtime: it has no OrtGetApiBase"};

    const ort::Base *const base = get_base();
    version_ = base->GetVersionString();
    const int major = std::atoi(version_.c_str());
    const auto point = version_.find('.');
    const int minor = point == std::string::npos ? 0 : std::atoi(version_.c_str() + point + 1);
    // Asked before the table is, because an older runtime prints its refusal.
    if (major != 1 || minor < static_cast<int>(ort::api_version))
        throw Failure{TX_E_MODEL, path + " is ONNX Runtime " + version_ + "; this plugin needs 1.15 or a later 1.x"};
    const auto *table = static_cast<void *const *>(base->GetApi(ort::api_version));
    if (!table) throw Failure{TX_E_MODEL, path + " (ONNX Runtime " + version_ + ") has no C interface of version 15"};

    Dl_info home = {}, found = {};
    dladdr(reinterpret_cast<const void *>(get_base), &home);
#define TEXTEXPLAIN_ORT_TAKE(name, number, result, arguments)                                                          \
    if (!dladdr(table[number], &found) || found.dli_fbase != home.dli_fbase)                                           \
        throw Failure{TX_E_MODEL, path + " (ONNX Runtime " + version_ + ") has no function " #name};                   \
    api_.name = reinterpret_cast<decltype(api_.name)>(table[number]);
    TEXTEXPLAIN_ORT_FUNCTIONS(TEXTEXPLAIN_ORT_TAKE)
#undef TEXTEXPLAIN_ORT_TAKE

    check(api_.CreateEnvWithCustomLogger(log_message, nullptr, ort::severity_warning, "textexplain", &environment_),
          "cannot start ONNX Runtime");
    check(api_.DisableTelemetryEvents(environment_), "cannot switch off telemetry");
    check(api_.GetAllocatorWithDefaultOptions(&allocator_), "cannot start ONNX Runtime");
    check(api_.CreateCpuMemoryInfo(ort::arena_allocator, ort::default_memory, &memory_), "cannot start ONNX Runtime");
    test();
}

// Does with the table what models need, on figures that are known: a table in another order would not get through.
void Runtime::test() const
{
    const auto require = [this](bool holds, const char *what) {
        if (!holds)
            throw Failure{TX_E_MODEL, path_ + " (ONNX Runtime " + version_ + ") fails the self-test of its " + what +
                                          "; install another version with pip install onnxruntime"};
    };
    std::int64_t numbers[6] = {1, -2, 3, -4, 5, std::int64_t{1} << 40};
    const std::vector<std::int64_t> shape = {2, 3};
    const Tensor tensor(*this, ort::type_int64, shape, numbers, sizeof numbers);
    require(tensor.type() == ort::type_int64 && tensor.dimensions() == shape, "tensors");
    require(tensor.data() == numbers, "tensors");

    const Tensor strings(*this, {1});
    strings.set(0, std::string_view("a\0b", 3));
    std::size_t length = 0;
    check(api_.GetStringTensorDataLength(strings.get(), &length), "ONNX Runtime");
    require(length == 3 && strings.type() == ort::type_string, "strings");

    // A model of one Identity: int64 "x" to int64 "y", of any two dimensions.
    static const unsigned char identity[] = {
        0x08, 0x08, 0x3a, 0x37, 0x0a, 0x10, 0x0a, 0x01, 'x',  0x12, 0x01, 'y',  0x22, 0x08, 'I',  'd',  'e',
        'n',  't',  'i',  't',  'y',  0x12, 0x01, 'g',  0x5a, 0x0f, 0x0a, 0x01, 'x',  0x12, 0x0a, 0x0a, 0x08,
        0x08, 0x07, 0x12, 0x04, 0x0a, 0x00, 0x0a, 0x00, 0x62, 0x0f, 0x0a, 0x01, 'y',  0x12, 0x0a, 0x0a, 0x08,
        0x08, 0x07, 0x12, 0x04, 0x0a, 0x00, 0x0a, 0x00, 0x42, 0x04, 0x0a, 0x00, 0x10, 0x0d};
    Session session(*this, std::string_view(reinterpret_cast<const char *>(identity), sizeof identity));
    require(session.inputs().size() == 1 && session.outputs().size() == 1, "sessions");
    require(session.inputs()[0].name == "x" && session.outputs()[0].name == "y", "sessions");
    require(session.inputs()[0].type == ort::type_int64 && session.inputs()[0].dimensions.size() == 2, "sessions");
    const Tensor answer = session.run({"x"}, {tensor.get()}, "y");
    require(answer.type() == ort::type_int64 && answer.dimensions() == shape, "runs");
    require(std::memcmp(answer.data(), numbers, sizeof numbers) == 0, "runs");
}

} // namespace textexplain
