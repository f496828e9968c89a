import Glibc

/// Finds the file that a plugin's name means.
///
/// A name with a slash is a path. Any other loses a trailing `.so`, and then `STEM.so` and `libSTEM.so` are
/// looked for in the folders of the command line, of `TEXTEXPLAIN_PLUGIN_PATH`, in the user's own plugin
/// folder (`$XDG_DATA_HOME/textexplain/plugins`), in the program's own folder and in
/// `../lib/textexplain/plugins` beside it. The working directory is never searched: a plugin is a program, and
/// whatever happens to lie there must not run.
public struct PluginLocator: Sendable {
  private let environment: PluginSearchEnvironment

  /// Makes a locator.
  public init(_ environment: PluginSearchEnvironment) { self.environment = environment }

  /// Looks for a plugin; finding none is no error yet, see ``PluginSearch/foundPath()``.
  ///
  /// - Throws: ``PluginError`` with code `invalidName` for a name or a folder that cannot be one.
  public func search(_ name: String) throws(PluginError) -> PluginSearch {
    if name.utf8.contains(AbsolutePath.slash) {
      let path = AbsolutePath.resolve(name, in: environment.workingDirectory)
      let place = PluginSearch.Place(path: path, origin: .name, finding: Self.look(at: path))
      return PluginSearch(name: name, places: [place], ignoredInWorkingDirectory: nil)
    }
    let stem = name.hasSuffix(".so") ? String(name.dropLast(3)) : name
    if stem.isEmpty || stem == "." || stem == ".." || stem.utf8.contains(0) {
      throw PluginError(
        .invalidName, "\"\(name)\" is no name of a plugin",
        help: "write a name as sentiment, or a path")
    }
    let candidates = ["\(stem).so", "lib\(stem).so"]
    var places: [PluginSearch.Place] = []
    for (folder, origin) in try folders() {
      for candidate in candidates {
        let path = AbsolutePath.resolve(candidate, in: folder)
        let finding = Self.look(at: path)
        places.append(PluginSearch.Place(path: path, origin: origin, finding: finding))
        if finding == .found {
          return PluginSearch(name: name, places: places, ignoredInWorkingDirectory: nil)
        }
      }
    }
    let ignored = (candidates + [name]).first {
      Self.isFile(AbsolutePath.resolve($0, in: environment.workingDirectory))
    }
    return PluginSearch(name: name, places: places, ignoredInWorkingDirectory: ignored)
  }

  /// The folders searched for names without a slash, in order.
  ///
  /// - Throws: ``PluginError`` with code `invalidName`.
  package func folders() throws(PluginError) -> [(folder: String, origin: PluginSearch.Origin)] {
    var folders: [(folder: String, origin: PluginSearch.Origin)] = []
    for folder in environment.pluginDirectories {
      if folder.isEmpty {
        throw PluginError(
          .invalidName, "--plugin-dir \"\" names no folder",
          help: "write --plugin-dir . for this one")
      }
      folders.append(
        (AbsolutePath.resolve(folder, in: environment.workingDirectory), .pluginDirectory))
    }
    if let path = environment.pluginPath, !path.isEmpty {
      let colon = UInt8(ascii: ":")
      for bytes in path.utf8.split(separator: colon, omittingEmptySubsequences: false) {
        let element = String(Substring(bytes))
        guard AbsolutePath.isAbsolute(element) else {
          let fault = element.isEmpty ? "an empty element" : "the relative element \"\(element)\""
          throw PluginError(
            .invalidName, "the search path TEXTEXPLAIN_PLUGIN_PATH has \(fault)",
            help: "separate absolute folders by single colons")
        }
        folders.append((element, .pluginPath))
      }
    }
    if let folder = userFolder { folders.append((folder, .dataHome)) }
    if let executable = environment.executable, AbsolutePath.isAbsolute(executable) {
      let folder = AbsolutePath.folder(of: executable)
      let prefix = AbsolutePath.folder(of: folder)
      folders.append((folder, .executable))
      folders.append((AbsolutePath.resolve("lib/textexplain/plugins", in: prefix), .installation))
    }
    return folders
  }

  /// The XDG base directory specification: an unset, empty or relative value means the default.
  private var userFolder: String? {
    let below = "textexplain/plugins"
    if let dataHome = environment.dataHome, AbsolutePath.isAbsolute(dataHome) {
      return AbsolutePath.resolve(below, in: dataHome)
    }
    guard let home = environment.home, AbsolutePath.isAbsolute(home) else { return nil }
    return AbsolutePath.resolve(".local/share/" + below, in: home)
  }

  /// Whether a path leads to a file, which could be meant; a folder of the same name could not.
  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whatever bears the name ends the search, a folder or a broken link too: ``PluginFile`` then says what is
  /// wrong with it, where going on would silently run another file of the same name.
  private static func look(at path: String) -> PluginSearch.Finding {
    var status = stat()
    if lstat(path, &status) == 0 { return .found }
    switch errno {
    case ENOENT, ENOTDIR: return .absent
    default: return .unreadable(SystemError.last.description)
    }
  }
}
