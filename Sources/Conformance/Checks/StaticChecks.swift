import Glibc

/// Level 0: the file itself.
extension Check {
  static let elfShape = Check(
    1, "elf-shape", level: 0, "no executable stack, no text relocations; RELRO and BIND_NOW"
  ) { subject in
    let file = try ElfFile(subject.path)
    guard let stack = file.segments.first(where: { $0.type == 0x6474_e551 }) else {
      throw Violation("it does not say that its stack is not executable (no PT_GNU_STACK)")
    }
    try require(
      stack.flags & 1 == 0, "it wants an executable stack: link with -z noexecstack")
    let flags = file.value(30) ?? 0
    try require(
      file.value(22) == nil && flags & 4 == 0, "it has text relocations: compile with -fPIC")
    var remarks: [String] = []
    if !file.segments.contains(where: { $0.type == 0x6474_e552 }) {
      remarks.append("no RELRO: link with -z relro")
    }
    let isBoundNow =
      file.value(24) != nil || flags & 8 != 0 || (file.value(0x6fff_fffb) ?? 0) & 1 != 0
    if !isBoundNow { remarks.append("not BIND_NOW: link with -z now") }
    return Verdict(remarks: remarks)
  }

  static let exportsOnlyEntry = Check(
    2, "exports-only-entry", level: 0, "the only symbols that others see are the entry functions"
  ) { subject in
    let linkers: Set = ["_edata", "_end", "__bss_start", "_init", "_fini"]
    let others = try ElfFile(subject.path).exports.filter {
      !$0.hasPrefix("textexplain_plugin_v") && !linkers.contains($0)
    }
    if others.isEmpty { return .pass }
    let named = others.prefix(3).joined(separator: ", ")
    throw Violation(
      "\(others.count) other symbols are visible, as \(named): compile with -fvisibility=hidden, "
        + "or link with a version script")
  }

  static let noUndefined = Check(
    3, "no-undefined", level: 0, "the libraries it names define every symbol it uses"
  ) { subject in
    // Lazily, so that all missing functions can be named.
    guard let handle = subject.load(RTLD_LAZY) else { throw Violation(subject.loaderMessage()) }
    // A lookup by handle sees the library's own tree, and not what this program has loaded for itself.
    let missing = try ElfFile(subject.path).symbols.filter {
      !$0.isDefined && !$0.isWeak && !$0.name.isEmpty && dlsym(handle, $0.name) == nil
    }
    if missing.isEmpty { return .pass }
    let named = missing.prefix(5).map(\.name).joined(separator: ", ")
    throw Violation("no library that it names defines \(named): link with -z defs to see why")
  }
}
