/// What a check asks of another process that loads the same plugin.
enum HelperProcess: String {
  /// The scores of a few texts.
  case scores = "corpus-scores"
  /// What the plugin needs of the sandbox.
  case doors = "sandbox-doors"
  /// All that the plugin says of itself.
  case inspection

  /// Asks, and waits for the answer.
  ///
  /// - Parameter variables: added to the environment.
  func ask(_ subject: Subject, variables: [String] = []) throws -> String {
    var request = subject.request
    request.id = rawValue
    do {
      return try ask(request, variables: variables)
    } catch let violation as Violation {
      let place = variables.isEmpty ? "" : " with \(variables.joined(separator: " "))"
      throw Violation("in another process\(place): \(violation.reason)")
    }
  }

  /// Sends a request that is none for a check, and waits for the answer.
  func ask(_ request: CheckRequest, variables: [String] = []) throws -> String {
    let timeLimit = 8.0
    let process = try request.start(timeLimit: timeLimit, variables: variables)
    if let line = process.lines.last, line.hasPrefix("=pass\t") { return String(line.dropFirst(6)) }
    let outcome = CheckRunner.outcome(of: process, timeLimit: timeLimit)
    throw Violation(outcome.reason ?? "no answer")
  }

  /// The answer, inside the other process; nil where the request is for a check.
  static func answer(to id: String, _ subject: Subject) throws -> String? {
    switch HelperProcess(rawValue: id) {
    case .scores: try CorpusScores.text(subject)
    case .doors: try SandboxDoors.text(subject)
    case .inspection: try Inspector.text(subject)
    case nil: nil
    }
  }
}
