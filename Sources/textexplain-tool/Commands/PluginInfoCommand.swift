import ArgumentParser
import Conformance
import PluginHost
import Rendering

/// `textexplain plugin info NAME`.
struct PluginInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show what a plugin says of itself.",
    discussion: "The plugin is opened in a process of its own, inside the sandbox.")

  @Argument(help: "The plugin's name, as --plugin takes it.")
  var name: String

  @Option(help: ArgumentHelp("An option of the plugin; may be repeated.", valueName: "key=value"))
  var option: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var bounds: BoundOptions

  @OptionGroup var search: SearchOptions

  func run() throws {
    do {
      for option in option { _ = try PluginOption(parsing: option) }
      let path = try PluginLocator(search.environment).search(name).foundPath()
      let file = try bounds.check(path)
      let inspection = try Inspection.of(
        file.path, options: option, workingDirectory: search.environment.workingDirectory,
        bounds: bounds.inspection)
      let report = PluginReport(file: file, inspection: inspection)
      try OutputDestination.standardOutput.finish(with: json ? report.json : report.text)
    } catch let failure as InspectionFailure {
      throw Failure(.pluginUnavailable, code: "plugin-not-loadable", failure.reason)
    } catch {
      throw try Failure(error)
    }
  }
}
