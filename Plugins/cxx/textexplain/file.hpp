// file.hpp - model files: their bytes, and what names them.
#pragma once

#include "failure.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>

#include <sha2.h> // libmd

#include <sys/stat.h>

namespace textexplain {

// Hands a file's bytes to `take(bytes)` in pieces. Throws TX_E_MODEL, naming the file, where it cannot be read.
template <typename Take> void read(const std::string &path, Take take)
{
    const auto cannot = [&path] { return Failure{TX_E_MODEL, "cannot read " + path + ": " + std::strerror(errno)}; };
    const auto close = [](std::FILE *file) { std::fclose(file); };
    const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rbe"), close);
    if (!file) throw cannot();
    struct stat status;
    if (fstat(fileno(file.get()), &status) != 0) throw cannot();
    if (!S_ISREG(status.st_mode)) throw Failure{TX_E_MODEL, "not a file: " + path};
    std::string piece(std::size_t{1} << 20, '\0');
    while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), file.get()))
        take(std::string_view(piece.data(), count));
    if (std::ferror(file.get())) throw cannot();
}

// All bytes of a file; refuses more than `most`, because a model's description is small.
inline std::string contents(const std::string &path, std::size_t most)
{
    std::string bytes;
    read(path, [&](std::string_view piece) {
        if (bytes.size() + piece.size() > most)
            throw Failure{TX_E_MODEL, path + " has more than " + std::to_string(most) + " bytes"};
        bytes += piece;
    });
    return bytes;
}

// The identity of a model: SHA-256 over its files, one after the other, as "sha256:...".
class ModelHash {
public:
    ModelHash() { SHA256Init(&state_); }
    ModelHash &add(std::string_view bytes)
    {
        SHA256Update(&state_, reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size());
        return *this;
    }
    ModelHash &add_file(const std::string &path)
    {
        read(path, [this](std::string_view piece) { add(piece); });
        return *this;
    }
    std::string id()
    {
        char digits[SHA256_DIGEST_STRING_LENGTH];
        return std::string("sha256:") + SHA256End(&state_, digits);
    }

private:
    SHA2_CTX state_;
};

} // namespace textexplain
