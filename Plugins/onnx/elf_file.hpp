// elf_file.hpp - whether a shared object is all there.
#pragma once

#include <textexplain/failure.hpp>

#include <cstdio>
#include <memory>

#include <elf.h>
#include <link.h>
#include <sys/stat.h>

namespace textexplain {

// Throws TX_E_MODEL, naming the file, where it is no shared object or its end is missing: the loader maps pages that
// are not there without a word, and the first use of one ends the process.
inline void require_whole_library(const std::string &path)
{
    const auto cannot = [&path](const std::string &why) {
        return Failure{TX_E_MODEL, "cannot load " + path + ": " + why};
    };
    const auto close = [](std::FILE *file) { std::fclose(file); };
    const std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "rbe"), close);
    if (!file) throw cannot(std::strerror(errno));
    struct stat status;
    if (fstat(fileno(file.get()), &status) != 0) throw cannot(std::strerror(errno));
    if (!S_ISREG(status.st_mode)) throw cannot("it is not a file");
    const auto size = static_cast<std::uint64_t>(status.st_size);

    ElfW(Ehdr) header;
    if (std::fread(&header, sizeof header, 1, file.get()) != 1 || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        throw cannot("it is not a shared library");
    if (header.e_phentsize != sizeof(ElfW(Phdr)) || header.e_type != ET_DYN)
        throw cannot("it is not a shared library for this machine");
    for (unsigned i = 0; i < header.e_phnum; i++) {
        ElfW(Phdr) segment;
        const auto at = header.e_phoff + static_cast<std::uint64_t>(i) * sizeof segment;
        if (at > size || std::fseek(file.get(), static_cast<long>(at), SEEK_SET) != 0 ||
            std::fread(&segment, sizeof segment, 1, file.get()) != 1 || segment.p_filesz > size ||
            segment.p_offset > size - segment.p_filesz)
            throw cannot("its end is missing");
    }
}

} // namespace textexplain
