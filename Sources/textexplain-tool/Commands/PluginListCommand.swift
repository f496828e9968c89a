import ArgumentParser
import Conformance
import Glibc
import PluginHost
import Rendering

/// `textexplain plugin list`.
struct PluginListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show the plugins that can be named.",
    discussion: """
      Every .so file of the plugin folders is opened in a process of its own, inside the sandbox. \
      Libraries that are no plugins are left out; bad plugins are shown with the reason.
      """)

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var bounds: BoundOptions

  @OptionGroup var search: SearchOptions

  func run() throws {
    do {
      var candidates: [String] = []
      var seen: Set<String> = []
      for place in try PluginLocator(search.environment).folders() {
        for name in Self.libraries(in: place.folder) {
          // What an earlier folder has goes by this name already.
          if seen.insert(name).inserted { candidates.append(place.folder + "/" + name) }
        }
      }
      let entries = candidates.compactMap { path -> PluginListEntry? in
        PluginListEntry(
          path: path, workingDirectory: search.environment.workingDirectory, bounds: bounds)
      }
      for warning in PluginListEntry.sharedIDs(entries) {
        StandardErrorLog(threshold: .warning)(.warning, warning)
      }
      let bytes =
        json
        ? JSONRenderer(style: .pretty).render(
          .object([
            "schemaVersion": .string("1"), "plugins": .array(entries.map(\.json)),
          ]))
        : Array(PluginListEntry.table(entries).utf8)
      try OutputDestination.standardOutput.finish(with: bytes)
    } catch {
      throw try Failure(error)
    }
  }

  /// The names of a folder's shared libraries, in order.
  private static func libraries(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".so") { names.append(name) }
    }
    return names.sorted()
  }
}
