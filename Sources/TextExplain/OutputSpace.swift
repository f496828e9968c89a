import Classification

/// What the explained value is.
public enum OutputSpace: String, Sendable, CaseIterable {
  /// A probability.
  case probability
  /// ln(p / (1 − p)).
  case logit
  /// The classifier's score as it is.
  case raw

  /// The space that explanations use unless told otherwise: probabilities where the classifier gives them.
  public static func standard(for kind: OutputKind) -> OutputSpace {
    switch kind {
    case .probability, .multilabel, .logProbability: .probability
    case .logit, .regression, .margin: .raw
    }
  }

  /// The spaces in which a classifier's outputs can be explained.
  public static func available(for kind: OutputKind) -> [OutputSpace] {
    switch kind {
    case .probability, .multilabel, .logProbability: [.probability, .logit, .raw]
    case .logit: [.probability, .raw]
    case .regression, .margin: [.raw]
    }
  }
}
