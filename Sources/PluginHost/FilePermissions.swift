import Glibc

/// Refuses files that any user of the machine could replace: a plugin is a program.
enum FilePermissions {
  /// Checks a file and the folders through which it is reached.
  ///
  /// A world-writable folder is fine if it is sticky (as `/tmp`) and the entry belongs to the user or to root:
  /// then nobody else can rename or remove it.
  ///
  /// - Parameters:
  ///   - status: of the open file.
  ///   - path: the absolute path that was opened.
  ///   - realPath: the same file with all links resolved.
  /// - Throws: ``PluginError`` with code `unsafeFile`.
  static func check(_ status: stat, path: String, realPath: String?) throws(PluginError) {
    if status.st_mode & S_IWOTH != 0 {
      throw PluginError(
        .unsafeFile, "plugin file \"\(path)\" can be written by every user",
        help: "run chmod o-w on it")
    }
    try checkFolder(of: path)
    if let realPath, realPath != path { try checkFolder(of: realPath) }
  }

  private static func checkFolder(of path: String) throws(PluginError) {
    let folder = AbsolutePath.folder(of: path)
    var status = stat()
    var entry = stat()
    guard stat(folder, &status) == 0, lstat(path, &entry) == 0 else {
      throw PluginError(
        .unsafeFile, "the folder of plugin \"\(path)\" cannot be checked: \(SystemError.last)")
    }
    guard status.st_mode & S_IWOTH != 0 else { return }
    let isOurs = entry.st_uid == geteuid() || entry.st_uid == 0
    if status.st_mode & S_ISVTX != 0 && isOurs { return }
    throw PluginError(
      .unsafeFile, "the folder \"\(folder)\" of plugin \"\(path)\" can be written by every user",
      help: "move the plugin to a folder of your own, or run chmod o-w on this one")
  }
}
