import PluginHost

/// What a check asks of another process that loads the same plugin.
enum HelperProcess: String {
  /// The scores of a few texts.
  case scores = "corpus-scores"
  /// Whether it loads.
  case loading = "bare-loading"
  /// What the plugin needs of the sandbox.
  case doors = "sandbox-doors"
  /// All that the plugin says of itself.
  case inspection

  /// Seconds after which a helper is killed, at the latest, unless the request says otherwise.
  static let longestTime = 9.0

  /// Asks, and waits for the answer.
  ///
  /// - Parameters:
  ///   - request: names the plugin; its id does not matter.
  ///   - variables: added to the environment.
  ///   - hasOwnGroup: whether it is not a check that asks.
  func ask(
    _ request: CheckRequest, variables: [String] = [], hasOwnGroup: Bool = false
  ) throws -> String {
    var request = request
    request.id = rawValue
    let timeLimit = request.bounds.timeLimit ?? Self.longestTime
    let process = try request.start(
      timeLimit: timeLimit, variables: variables, hasOwnGroup: hasOwnGroup)
    if let line = process.lines.last, line.hasPrefix("=pass\t") { return String(line.dropFirst(6)) }
    let outcome = CheckRunner.outcome(of: process, timeLimit: timeLimit)
    throw Violation(outcome.reason ?? "no answer")
  }

  /// The answer, inside the other process; nil where the request is for a check.
  static func answer(to id: String, _ subject: Subject) throws -> String? {
    switch HelperProcess(rawValue: id) {
    case .scores: try CorpusScores.text(subject)
    case .loading: try "\(subject.library().size)"
    case .doors: try SandboxDoors.text(subject)
    case .inspection: try Inspector.text(subject)
    case nil: nil
    }
  }
}
