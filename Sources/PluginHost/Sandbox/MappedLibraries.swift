import Glibc

/// The shared libraries in this process's memory.
enum MappedLibraries {
  /// Their paths with symbolic links resolved, each once, in the order of their addresses.
  ///
  /// What was replaced since it was mapped is left out; so is everything where `/proc` cannot be
  /// read.
  static func paths() -> [String] {
    guard let stream = fopen("/proc/self/maps", "re") else { return [] }
    defer { fclose(stream) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var paths: [String] = []
    while getline(&line, &capacity, stream) > 0, let start = line {
      guard let path = path(inLine: String(cString: start)), !paths.contains(path) else { continue }
      paths.append(path)
    }
    return paths
  }

  /// The path in a line of `/proc/self/maps`, where the file is named like a shared library.
  private static func path(inLine line: String) -> String? {
    guard let slash = line.utf8.firstIndex(of: AbsolutePath.slash) else { return nil }
    let path = String(line[slash...].dropLast())
    let suffixes = AbsolutePath.name(of: path).split(separator: ".").dropFirst()
    return suffixes.contains("so") && !path.hasSuffix(" (deleted)") ? path : nil
  }
}
