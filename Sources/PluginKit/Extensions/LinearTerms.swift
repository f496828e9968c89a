import CTextExplain

/// A linear model that accounts exactly for its decisions: `textexplain.linear/1`.
public protocol LinearTerms: TextClassifier {
  /// Taking bytes away takes away their own terms only, so that Shapley values are sums of terms.
  var termsAreIndependent: Bool { get }

  /// The bias and the terms whose sum is the logit of one output.
  ///
  /// What that is follows from ``TextClassifier/outputKind``. For `.probability` and `.logProbability` with two labels,
  /// and for `.multilabel`, it is the log-odds log(p / (1 − p)) of this output alone: the logits of a pair are each
  /// other's negatives. With three labels and more the probabilities are the softmax of the logits, to which
  /// any one number may be added. For every other kind it is the score itself.
  func terms(of text: TextView, output: Int) throws -> (bias: Double, terms: [LinearTerm])
}

/// One term of a linear model's logit.
public struct LinearTerm: Sendable, Equatable {
  /// The bytes it comes from; empty for none in particular.
  public var range: Range<Int>
  /// What it adds to the logit.
  public var value: Double
  /// The model's own number for it, nil for none.
  public var feature: Int?

  /// Makes a term.
  public init(_ range: Range<Int>, value: Double, feature: Int? = nil) {
    self.range = range
    self.value = value
    self.feature = feature
  }

  var record: tx_term {
    tx_term(
      begin: UInt64(range.lowerBound), end: UInt64(range.upperBound), value: value,
      feature: Int64(feature ?? -1))
  }
}
