// ort.hpp - what this plugin uses of ONNX Runtime's C interface.
//
// The runtime hands out a table of functions whose places never move: a newer version only appends. These are the
// declarations of the functions used here with their places. Where the runtime's own header is installed, the places
// are read from it, and the build fails if the two disagree.
#pragma once

#include <cstddef>
#include <cstdint>

#if __has_include(<onnxruntime_c_api.h>)
#include <onnxruntime_c_api.h>
#define TEXTEXPLAIN_ORT_PLACE(name, number) (offsetof(OrtApi, name) / sizeof(void *))
#else
#define TEXTEXPLAIN_ORT_PLACE(name, number) (number)
#endif

namespace textexplain::ort {

struct Status;
struct Environment;
struct SessionOptions;
struct SessionHandle;
struct RunOptions;
struct Value;
struct TypeInfo;
struct TensorInfo;
struct MemoryInfo;
struct Allocator;

// The version of the table asked for: ONNX Runtime 1.15 has it, and so has every later one.
constexpr std::uint32_t api_version = 15;

enum ElementType {
    type_float = 1, type_uint8 = 2, type_int32 = 6, type_int64 = 7, type_string = 8, type_bool = 9, type_double = 11
};
enum { kind_tensor = 1 };
enum { severity_warning = 2, severity_error = 3 };
enum { arena_allocator = 1, default_memory = 0 };

using LoggingFunction = void (*)(void *, int severity, const char *category, const char *id, const char *place,
                                 const char *message);

// Each function: name, place in the table, result, arguments. A status of null is success.
#define TEXTEXPLAIN_ORT_FUNCTIONS(F)                                                                                   \
    F(GetErrorMessage, 2, const char *, (const Status *))                                                              \
    F(CreateEnvWithCustomLogger, 4, Status *, (LoggingFunction, void *, int, const char *, Environment **))            \
    F(DisableTelemetryEvents, 6, Status *, (const Environment *))                                                      \
    F(CreateSession, 7, Status *, (const Environment *, const char *, const SessionOptions *, SessionHandle **))       \
    F(CreateSessionFromArray, 8, Status *,                                                                             \
      (const Environment *, const void *, std::size_t, const SessionOptions *, SessionHandle **))                      \
    F(Run, 9, Status *,                                                                                                \
      (SessionHandle *, const RunOptions *, const char *const *, const Value *const *, std::size_t,                    \
       const char *const *, std::size_t, Value **))                                                                    \
    F(CreateSessionOptions, 10, Status *, (SessionOptions **))                                                         \
    F(DisableMemPattern, 16, Status *, (SessionOptions *))                                                             \
    F(SetIntraOpNumThreads, 24, Status *, (SessionOptions *, int))                                                     \
    F(SetInterOpNumThreads, 25, Status *, (SessionOptions *, int))                                                     \
    F(SessionGetInputCount, 30, Status *, (const SessionHandle *, std::size_t *))                                      \
    F(SessionGetOutputCount, 31, Status *, (const SessionHandle *, std::size_t *))                                     \
    F(SessionGetInputTypeInfo, 33, Status *, (const SessionHandle *, std::size_t, TypeInfo **))                        \
    F(SessionGetOutputTypeInfo, 34, Status *, (const SessionHandle *, std::size_t, TypeInfo **))                       \
    F(SessionGetInputName, 36, Status *, (const SessionHandle *, std::size_t, Allocator *, char **))                   \
    F(SessionGetOutputName, 37, Status *, (const SessionHandle *, std::size_t, Allocator *, char **))                  \
    F(CreateTensorAsOrtValue, 48, Status *, (Allocator *, const std::int64_t *, std::size_t, int, Value **))           \
    F(CreateTensorWithDataAsOrtValue, 49, Status *,                                                                    \
      (const MemoryInfo *, void *, std::size_t, const std::int64_t *, std::size_t, int, Value **))                     \
    F(IsTensor, 50, Status *, (const Value *, int *))                                                                  \
    F(GetTensorMutableData, 51, Status *, (Value *, void **))                                                          \
    F(GetStringTensorDataLength, 53, Status *, (const Value *, std::size_t *))                                         \
    F(CastTypeInfoToTensorInfo, 55, Status *, (const TypeInfo *, const TensorInfo **))                                 \
    F(GetOnnxTypeFromTypeInfo, 56, Status *, (const TypeInfo *, int *))                                                \
    F(GetTensorElementType, 60, Status *, (const TensorInfo *, int *))                                                 \
    F(GetDimensionsCount, 61, Status *, (const TensorInfo *, std::size_t *))                                           \
    F(GetDimensions, 62, Status *, (const TensorInfo *, std::int64_t *, std::size_t))                                  \
    F(GetTensorTypeAndShape, 65, Status *, (const Value *, TensorInfo **))                                             \
    F(CreateCpuMemoryInfo, 69, Status *, (int, int, MemoryInfo **))                                                    \
    F(AllocatorFree, 76, Status *, (Allocator *, void *))                                                              \
    F(GetAllocatorWithDefaultOptions, 78, Status *, (Allocator **))                                                    \
    F(ReleaseStatus, 93, void, (Status *))                                                                             \
    F(ReleaseSession, 95, void, (SessionHandle *))                                                                     \
    F(ReleaseValue, 96, void, (Value *))                                                                               \
    F(ReleaseTypeInfo, 98, void, (TypeInfo *))                                                                         \
    F(ReleaseTensorTypeAndShapeInfo, 99, void, (TensorInfo *))                                                         \
    F(ReleaseSessionOptions, 100, void, (SessionOptions *))                                                            \
    F(GetResizedStringTensorElementBuffer, 252, Status *, (Value *, std::size_t, std::size_t, char **))

// What `OrtGetApiBase` answers.
struct Base {
    const void *(*GetApi)(std::uint32_t version);
    const char *(*GetVersionString)();
};

// The functions used, taken out of the runtime's table.
struct Api {
#define TEXTEXPLAIN_ORT_MEMBER(name, number, result, arguments)                                                        \
    static_assert(TEXTEXPLAIN_ORT_PLACE(name, number) == number, "the place of " #name);                               \
    result(*name) arguments = nullptr;
    TEXTEXPLAIN_ORT_FUNCTIONS(TEXTEXPLAIN_ORT_MEMBER)
#undef TEXTEXPLAIN_ORT_MEMBER
};

} // namespace textexplain::ort
