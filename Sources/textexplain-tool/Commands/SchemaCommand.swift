import ArgumentParser
import Rendering

/// `textexplain schema`.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of the JSON output.")

  func run() throws {
    try OutputDestination.standardOutput.finish(with: Array(explanationSchema.utf8))
  }
}
