import ArgumentParser
import Glibc

/// What the result looks like and where it goes.
struct OutputOptions: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, ansi, json, ndjson
  }

  enum Color: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  @Option(name: .shortAndLong, help: "ansi is text in colour, ndjson is JSON on one line.")
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to a file, complete or not at all.", valueName: "path"),
    completion: .file())
  var output: String?

  @Option(help: ArgumentHelp("Rows of the table.", valueName: "k"))
  var top = Self.defaultTop

  @Option(help: "When to use colour; auto honours NO_COLOR and TERM=dumb.")
  var color: Color = .auto

  @Option(
    help: ArgumentHelp("Columns of the text. (default: the terminal's, else 80)", valueName: "n"))
  var width: Int?

  @Flag(help: "Add elapsed times to the JSON.")
  var timings = false

  @Flag(name: .shortAndLong, help: "No progress, no warnings.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more on standard error.")
  var verbose = false

  private static let defaultTop = 10

  /// The narrowest text that is still readable.
  static let minimumWidth = 20

  func validate() throws {
    if let width, width < Self.minimumWidth {
      throw ValidationError("--width \(width) is below the minimum of \(Self.minimumWidth)")
    }
    if top < 0 { throw ValidationError("--top \(top) is negative") }
    if quiet, verbose { throw ValidationError("--quiet and --verbose were both given") }
  }

  /// Says which options do nothing beside the others.
  func warn(_ log: StandardErrorLog) {
    for (isIdle, name) in presentation where isIdle {
      log(.warning, "\(name) does nothing with --format \(format.rawValue)")
    }
  }

  private var presentation: [(isIdle: Bool, name: String)] {
    let isJSON = format == .json || format == .ndjson
    return [
      (timings && !isJSON, "--timings"), (top != Self.defaultTop && isJSON, "--top"),
      (width != nil && isJSON, "--width"), (color == .always && isJSON, "--color always"),
      (color == .never && format == .ansi, "--color never"),
    ]
  }

  /// What is said on standard error beside the result.
  var log: StandardErrorLog {
    StandardErrorLog(threshold: quiet ? .error : verbose ? .debug : .warning)
  }

  /// Opens the place where the result goes.
  func destination() throws -> OutputDestination {
    try output.map(OutputDestination.open) ?? .standardOutput
  }

  /// Whether text is coloured.
  func isColoured(on destination: OutputDestination) -> Bool {
    switch (format, color) {
    case (.ansi, _), (_, .always): true
    case (_, .never): false
    case (_, .auto):
      destination.isTerminal && (Environment["NO_COLOR"] ?? "").isEmpty
        && Environment["TERM"] != "dumb"
    }
  }

  /// Columns of the text.
  func columns(on destination: OutputDestination) -> Int {
    max(Self.minimumWidth, width ?? destination.terminalWidth ?? 80)
  }
}
