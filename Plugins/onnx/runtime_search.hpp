// runtime_search.hpp - where ONNX Runtime lies, if nobody said.
#pragma once

#include <textexplain/failure.hpp>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <glob.h>

namespace textexplain {

// The numbers in a file name behind ".so", as in libonnxruntime.so.1.32.0; none where it has no version.
inline std::vector<int> library_version(const std::string &path)
{
    std::vector<int> numbers;
    auto at = path.rfind(".so");
    while (at != std::string::npos && (at = path.find('.', at + 1)) != std::string::npos)
        numbers.push_back(std::atoi(path.c_str() + at + 1));
    return numbers;
}

// The newest libonnxruntime.so* in the system's folders and in those of its Python packages.
inline std::string newest_runtime()
{
    static const char *const patterns[] = {
        "/usr/local/lib/libonnxruntime.so*", "/usr/lib/*-linux-gnu*/libonnxruntime.so*", "/usr/lib/libonnxruntime.so*",
        "/usr/lib64/libonnxruntime.so*", "/usr/local/lib/python3*/*-packages/onnxruntime/capi/libonnxruntime.so*",
        "/usr/lib/python3*/*-packages/onnxruntime/capi/libonnxruntime.so*"};
    std::vector<std::string> found;
    for (const char *const pattern : patterns) {
        glob_t matches = {};
        if (glob(pattern, 0, nullptr, &matches) == 0)
            for (std::size_t i = 0; i < matches.gl_pathc; i++) found.push_back(matches.gl_pathv[i]);
        globfree(&matches);
    }
    if (found.empty())
        throw Failure{TX_E_OPTION,
                      "ONNX Runtime is neither in /usr/lib nor in /usr/local/lib; get it with pip install onnxruntime, "
                      "and name its library with --option runtime=FILE, which is "
                      "site-packages/onnxruntime/capi/libonnxruntime.so.VERSION"};
    return *std::max_element(found.begin(), found.end(), [](const std::string &a, const std::string &b) {
        return library_version(a) < library_version(b);
    });
}

} // namespace textexplain
