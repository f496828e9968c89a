import Attribution
import Classification

/// A text cannot be explained as asked.
public enum ExplainerError: Error, Sendable, Equatable {
  /// The classifier has no output of that name.
  case noSuchLabel(String, labels: [String])
  /// The classifier has no output at that position.
  case noSuchLabelIndex(Int, labels: [String])
  /// The classifier's outputs cannot be expressed in that space.
  case spaceUnavailable(OutputSpace, kind: OutputKind)
  /// The text has more players than one explanation can handle.
  case tooManyPlayers(Int, limit: Int, unit: TokenUnit)
  /// The text has more players than a method, or the estimator that was asked for, can handle.
  case tooManyPlayersForMethod(
    Int, limit: Int, method: ExplainerOptions.Method, estimator: ShapleyEstimatorKind?)
  /// The classifier, given by its name, does not show its own tokens.
  case noModelTokens(String)
  /// The classifier, given by its name, has no mask token of its own, or not for this text.
  case noModelMask(String)

  /// What is wrong.
  public var message: String {
    switch self {
    case .noSuchLabel(let name, _): "the classifier has no label \"\(name)\""
    case .noSuchLabelIndex(let index, let labels):
      "label index \(index) is not in 0…\(labels.count - 1)"
    case .spaceUnavailable(let space, let kind):
      "outputs of kind \"\(kind.rawValue)\" have no value in the space \"\(space.rawValue)\""
    case .tooManyPlayers(let count, let limit, _):
      "the text has \(count) players; the most that one explanation handles is \(limit)"
    case .tooManyPlayersForMethod(let count, let limit, let method, let estimator):
      "the text has \(count) players; the most that "
        + (estimator.map { "the estimator \"\($0.rawValue)\"" }
          ?? "the method \"\(method.rawValue)\"")
        + " handles is \(limit)"
    case .noModelTokens(let name): "the classifier \"\(name)\" does not show tokens of its own"
    case .noModelMask(let name):
      "the classifier \"\(name)\" has no mask of its own for absent tokens of this text"
    }
  }

  /// What to do about it.
  public var help: String {
    switch self {
    case .noSuchLabel(_, let labels), .noSuchLabelIndex(_, let labels):
      "its labels are \(Self.list(labels))"
    case .spaceUnavailable(_, let kind):
      "use --space "
        + OutputSpace.available(for: kind).map(\.rawValue).joined(separator: " or --space ")
    case .tooManyPlayers(_, _, let unit):
      switch unit {
      case .word, .grapheme, .model:
        "explain larger pieces with --unit sentence, or a part of the text"
      case .sentence: "explain larger pieces with --unit line, or a part of the text"
      case .line: "explain a part of the text"
      }
    case .tooManyPlayersForMethod(_, _, let method, _):
      (method == .shapley ? "use --estimator owen" : "use --method shapley")
        + ", or larger pieces with --unit sentence"
    case .noModelTokens:
      "use --unit word; its author can show them by the extension tokens/1"
    case .noModelMask:
      "use --absent remove or --absent replace:STRING; masks come by the extension masked/1"
    }
  }

  private static func list(_ labels: [String]) -> String {
    let shown = labels.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
    return labels.count > 20 ? shown + " and \(labels.count - 20) more" : shown
  }
}
