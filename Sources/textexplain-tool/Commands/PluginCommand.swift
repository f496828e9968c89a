import ArgumentParser
import PluginHost

/// `textexplain plugin`.
struct PluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin", abstract: "Find, check and begin plugins.",
    subcommands: [
      PluginListCommand.self, PluginInfoCommand.self, PluginWhichCommand.self,
      PluginCheckCommand.self, PluginNewCommand.self,
    ])
}

/// `textexplain plugin which NAME`.
struct PluginWhichCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "which", abstract: "Show where a plugin is looked for, and which file is meant.",
    discussion: "The file is printed on standard output, the places on standard error.")

  @Argument(help: "The plugin's name, as --plugin takes it.")
  var name: String

  @OptionGroup var search: SearchOptions

  func run() throws {
    do {
      let search = try PluginLocator(search.environment).search(name)
      for place in search.places { StandardErrorLog.write("\(visible(place.summary))\n") }
      if name.contains("/") { _ = try search.foundPath() }
      guard let path = search.path else {
        throw Failure(
          .pluginUnavailable, code: "plugin-not-found",
          "plugin \"\(name)\" is in none of these places",
          help: search.ignoredInWorkingDirectory.map {
            "the working directory is not searched; write ./\($0)"
          }
            ?? "name another folder with --plugin-dir")
      }
      try OutputDestination.standardOutput.finish(with: Array("\(path)\n".utf8))
    } catch {
      throw try Failure(error)
    }
  }
}

extension PluginSearch.Place {
  /// One line: what was found, where, and why it was looked for there.
  fileprivate var summary: String {
    let found =
      switch finding {
      case .found: "found"
      case .absent: "absent"
      case .unreadable(let reason): "unreadable (\(reason))"
      }
    return "\(found)  \(path)" + (origin == .name ? "" : "  (\(origin.rawValue))")
  }
}
