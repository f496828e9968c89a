import Glibc

extension SandboxProfile {
  /// The profile that a plugin needs at least: itself and its neighbours, the system's libraries,
  /// those that this process has mapped (such as the Swift run-time), the kind of processor, and
  /// the two harmless devices.
  ///
  /// - Parameters:
  ///   - path: the plugin's file, an absolute path.
  ///   - homes: the user's home folders. A plugin that lies in one directly, or above it, is opened
  ///     without its neighbours; so is one in a folder that all users share, such as `/tmp`.
  package static func plugin(at path: String, homes: [String]) -> SandboxProfile {
    var readable = system
    let homes = homes.compactMap(realPath)
    for file in [realPath(path) ?? path] + MappedLibraries.paths() {
      let opened = reach(of: file, homes: homes)
      if !readable.contains(where: { contains($0, opened) }) { readable.append(opened) }
    }
    return SandboxProfile(readable: readable, writable: ["/dev/null"])
  }

  private static let system = [
    "/usr", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/proc/cpuinfo",
    "/sys/devices/system/cpu", "/dev/urandom",
  ]

  /// The folder of a file, or the file alone where the folder holds what is none of a plugin's
  /// business.
  private static func reach(of file: String, homes: [String]) -> String {
    let folder = AbsolutePath.folder(of: file)
    if folder == "/" { return file }
    if homes.contains(where: { contains(folder, $0) }) { return file }
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_ISVTX == 0 else { return file }
    return folder
  }

  /// Whether a path is a folder or lies in it, by their names.
  private static func contains(_ folder: String, _ path: String) -> Bool {
    folder == path || path.hasPrefix(folder + "/") || folder == "/"
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
