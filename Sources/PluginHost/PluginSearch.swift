/// Where a plugin was looked for, in order, and what was there.
public struct PluginSearch: Sendable, Equatable {
  /// Why a place is searched.
  public enum Origin: String, Sendable, CaseIterable {
    /// The name has a slash and so says itself where the file lies.
    case name
    /// A folder named on the command line.
    case pluginDirectory = "--plugin-dir"
    /// A folder of the environment variable.
    case pluginPath = "TEXTEXPLAIN_PLUGIN_PATH"
    /// The user's own plugins.
    case dataHome = "user data"
    /// The folder of the running program.
    case executable = "program's folder"
    /// The plugins installed with the running program.
    case installation
  }

  /// What was found at a place.
  public enum Finding: Sendable, Equatable {
    /// The plugin.
    case found
    /// Nothing.
    case absent
    /// Something that cannot be looked at, for the reason given.
    case unreadable(String)
  }

  /// One file name that was looked at.
  public struct Place: Sendable, Equatable {
    /// The absolute path.
    public let path: String
    /// Why it was looked at.
    public let origin: Origin
    /// What was found there.
    public let finding: Finding
  }

  /// The plugin's name, as given.
  public let name: String
  /// All places looked at, in order; the search ends at the first find.
  public let places: [Place]
  /// A file that the name would mean in the working directory, which is never searched.
  public let ignoredInWorkingDirectory: String?

  /// The absolute path of the plugin, or nil where the search found none.
  public var path: String? { places.last { $0.finding == .found }?.path }

  /// The absolute path of the plugin.
  ///
  /// - Throws: ``PluginError`` with code `notFound` that lists the places looked at.
  public func foundPath() throws(PluginError) -> String {
    if let path { return path }
    if places.first?.origin == .name {
      let reason = places.first?.finding.reason ?? "there is no such file"
      throw PluginError(
        .notFound, "plugin \"\(name)\" not found: \(reason)",
        help: "write a name without a slash to search the plugin folders")
    }
    throw PluginError(.notFound, "plugin \"\(name)\" not found", help: help)
  }

  private var help: String {
    if places.isEmpty { return "name a folder with --plugin-dir, or write a path with a slash" }
    let list = places.map { place in
      "  " + place.path + (place.finding.reason.map { " (\($0))" } ?? "")
    }
    let searched = ["it is not in any of these places:"] + list
    let advice =
      ignoredInWorkingDirectory.map {
        "\"\($0)\" lies in the working directory, which is not searched; write ./\($0)"
      } ?? "name another folder with --plugin-dir, or write a path with a slash"
    return (searched + [advice]).joined(separator: "\n")
  }
}

extension PluginSearch.Finding {
  fileprivate var reason: String? {
    if case .unreadable(let reason) = self { reason } else { nil }
  }
}
