import Classification
import ExplanationModel

extension ExplanationRun {
  /// The doubts that do not depend on the method.
  func commonDiagnostics(of output: Int, in game: MaskedTextGame) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    if game.playerCount == 0 {
      diagnostics.append(.noPlayers(canAddPunctuation: hasPunctuation && options.tokens == .words))
    } else if game.isConstant(output) {
      diagnostics.append(.constantModel)
    }
    if !labels.tied.isEmpty {
      let names = labels.tied.map { pool.classifier.description.labels[$0] }
      diagnostics.append(.labelTie(names))
    }
    if game.isSaturated[output] { diagnostics.append(.saturated) }
    if pool.isTruncated { diagnostics.append(.truncated) }
    return diagnostics
  }
}

extension Diagnostic {
  static func noPlayers(canAddPunctuation: Bool) -> Diagnostic {
    Diagnostic(
      code: .noPlayers, message: "the text has no words to explain",
      help: canAddPunctuation
        ? "use --tokens all to explain punctuation too" : "give a text with at least one word")
  }

  static let constantModel = Diagnostic(
    code: .constantModel,
    message: "no word changes the prediction",
    help: "there is nothing to attribute; check that the classifier reads this language and label")

  static func labelTie(_ names: [String]) -> Diagnostic {
    Diagnostic(
      code: .labelTie,
      message: "the highest score is shared by "
        + names.map { "\"\($0)\"" }.joined(separator: ", ") + "; the first is explained",
      help: "name the label with --label")
  }

  static let saturated = Diagnostic(
    code: .saturated,
    message: "a probability is 0 or 1 up to rounding, and its logit was clipped",
    help: "differences beyond a logit of ±36 are not seen; use --space raw or probability")

  static let truncated = Diagnostic(
    code: .truncated,
    message: "the model read only the beginning of the text",
    help: "words behind the cut are hardly seen; explain a shorter part of the text")

  static func notConverged(
    relativeError: Double?, budget: Int, players: Int, isSimulated: Bool
  ) -> Diagnostic {
    let size =
      switch relativeError {
      case .none: "the evaluations are too few for standard errors"
      case .some(let error) where error < 1:
        "the largest standard error is \(percent(error)) % of the spread of the values"
      case .some: "the standard errors are larger than the differences between the values"
      }
    if !isSimulated, budget == ExplainerOptions.coalitionCount(players: players) {
      return Diagnostic(
        code: .notConverged, message: size, help: "--estimator exact takes \(budget) evaluations")
    }
    return Diagnostic(
      code: .notConverged, message: size,
      help: isSimulated
        ? "it is what simulating the structure that was found leaves, and no budget changes it; "
          + "--estimator kernel with a large --budget does without"
        : "raise --budget, now \(budget)"
          + (relativeError == nil
            ? "" : "; as a rule four times as many evaluations halve the error"))
  }

  /// - Parameter count: How many players were to be told apart from the others.
  static func notSettled(count: Int, players: Int, budget: Int) -> Diagnostic {
    Diagnostic(
      code: .notConverged,
      message: count >= players
        ? "--settle-top \(count) leaves no other words to tell apart: the text has \(players)"
        : count == 1
          ? "the strongest word is not told apart from the others"
          : "the \(count) strongest words are not told apart from the others",
      help: count >= players
        ? "ask for fewer"
        : "raise --budget, now \(budget), or ask for another number: some words may be equally strong"
    )
  }

  static func owenValues(players: Int) -> Diagnostic {
    let most = ExplainerOptions.maximumPlayersOfOtherMethods
    return Diagnostic(
      code: .owenValues,
      message: "with \(players) words the values are Owen values: each sentence's Shapley value, "
        + "shared among its words",
      help: "they differ from Shapley values where words of different sentences act together"
        + (players <= most ? "; --estimator kernel estimates those, in more time" : ""))
  }

  static func notConverged(relativeError: Double?, limeSamples: Int) -> Diagnostic {
    let size =
      switch relativeError {
      case .none: "LIME's evaluations are too few for standard errors"
      case .some(let error) where error < 1:
        "LIME's strongest words are not settled, and its largest standard error is "
          + "\(percent(error)) % of the weight that --tolerance goes by"
      case .some: "LIME's standard errors are larger than the weakest of its five strongest weights"
      }
    return Diagnostic(
      code: .notConverged, message: size,
      help: "raise --lime-samples, now \(limeSamples); "
        + "four times as many evaluations halve the error")
  }

  static func fewPlayers(_ count: Int) -> Diagnostic {
    Diagnostic(
      code: .fewPlayers,
      message:
        "with \(count) word\(count == 1 ? "" : "s") LIME's weights come out too small",
      help: "trust the Shapley values")
  }

  static func lowFidelity(_ fidelity: Double, hasShapley: Bool) -> Diagnostic {
    Diagnostic(
      code: .lowFidelity,
      message: "LIME's linear surrogate explains \(percent(max(0, fidelity))) % of the variation",
      help: (hasShapley ? "trust the Shapley values" : "use --method shapley")
        + "; a linear model cannot express how words act together")
  }

  /// Of a part between 0 and 1.
  private static func percent(_ part: Double) -> String {
    let percent = 100 * min(part, 1)
    if percent >= 0.95 || percent <= 0 { return "\(Int(percent.rounded()))" }
    return percent < 0.1 ? "less than 0.1" : "\((10 * percent).rounded() / 10)"
  }
}
