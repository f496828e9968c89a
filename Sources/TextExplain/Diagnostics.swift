import Classification
import ExplanationModel

extension ExplanationRun {
  /// The doubts that do not depend on the method.
  func commonDiagnostics(of output: Int, in game: MaskedTextGame) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    if game.playerCount == 0 {
      diagnostics.append(.noPlayers(hasText: !pool.masking.text.isEmpty))
    } else if game.isConstant(output) {
      diagnostics.append(.constantModel)
    }
    if !labels.tied.isEmpty, game.playerCount > 0 {
      let names = labels.tied.map { pool.classifier.description.labels[$0] }
      diagnostics.append(.labelTie(names))
    }
    if game.isSaturated[output] { diagnostics.append(.saturated) }
    if pool.isTruncated { diagnostics.append(.truncated) }
    return diagnostics
  }
}

extension Diagnostic {
  static func noPlayers(hasText: Bool) -> Diagnostic {
    Diagnostic(
      code: .noPlayers,
      message: hasText ? "no token of the text is a word" : "the text is empty",
      help: hasText
        ? "use --tokens all to explain punctuation too" : "give a text with at least one word")
  }

  static let constantModel = Diagnostic(
    code: .constantModel,
    message: "the classifier gives every part of the text the same value",
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
    help: "tokens behind the cut get attribution 0; explain a shorter part of the text")

  static func notConverged(relativeError: Double?, budget: Int) -> Diagnostic {
    let size = relativeError.map { "\(percent($0)) % of the spread of the values" } ?? "not known"
    return Diagnostic(
      code: .notConverged, message: "the largest standard error is \(size)",
      help: "raise --budget (now \(budget)); four times as many evaluations halve the error")
  }

  static func fewPlayers(_ count: Int) -> Diagnostic {
    Diagnostic(
      code: .fewPlayers,
      message:
        "with \(count) player\(count == 1 ? "" : "s") lime's ridge penalty shrinks its weights",
      help: "trust the Shapley values")
  }

  static func lowFidelity(_ fidelity: Double) -> Diagnostic {
    Diagnostic(
      code: .lowFidelity,
      message: "LIME's linear surrogate explains \(percent(max(0, fidelity))) % of the variation",
      help: "words interact here; trust the Shapley values, or try --players occurrence")
  }

  private static func percent(_ part: Double) -> Int { Int((100 * part).rounded()) }
}
