import Glibc

/// Checks a classifier's scores against what its output kind promises; it never changes them.
///
/// | output kind | a row is accepted when |
/// |---|---|
/// | any | no entry is NaN or infinite, and the row is not flagged as failed |
/// | probability | each entry lies in [0, 1] and the sum is 1, both within ``tolerance`` |
/// | multilabel | each entry lies in [0, 1] within ``tolerance`` |
/// | logProbability | the exponentials of its entries pass as probabilities |
/// | logit, regression, margin | always |
public struct ScoreValidator: Sendable {
  /// How far probabilities and their sums may lie outside their range: wide enough for single precision
  /// and for tables rounded to three digits.
  public static let tolerance = 1e-3

  private let name: String
  private let labels: [String]
  private let kind: OutputKind

  /// Makes a validator for one classifier's scores.
  public init(_ description: ClassifierDescription) {
    name = description.name
    labels = description.labels
    kind = description.outputKind
  }

  /// Checks the scores of a batch of texts.
  ///
  /// - Throws: ``ClassifierError`` for the first row that breaks the output kind's promise; the message names
  ///   row, label, value and the beginning of the text.
  /// - Complexity: O(rows × outputs).
  public func validate(_ scores: ScoreMatrix, of texts: TextBatch) throws(ClassifierError) {
    try validate(scores) { row in texts.bytes[texts.range(of: row)] }
  }

  /// Checks the scores of texts that are only rendered where an error message quotes them.
  ///
  /// - Parameters:
  ///   - scores: the scores to check.
  ///   - text: makes the text of a row.
  /// - Throws: ``ClassifierError``, as ``validate(_:of:)``.
  public func validate(
    _ scores: ScoreMatrix, text: (_ row: Int) -> ArraySlice<UInt8>
  ) throws(ClassifierError) {
    for row in 0..<scores.rows {
      guard let fault = fault(in: scores[row: row], flags: scores.flags[row]) else { continue }
      let excerpt = TextExcerpt(of: text(row))
      throw ClassifierError(
        code: fault.code,
        message: "classifier \"\(name)\" \(fault.what) for row \(row), text \(excerpt)",
        help: fault.help)
    }
  }

  private struct Fault {
    var code: ClassifierError.Code
    var what: String
    var help: String?
  }

  private func fault(in row: ArraySlice<Double>, flags: ScoreMatrix.RowFlags) -> Fault? {
    if flags.contains(.failed) {
      return Fault(
        code: .classifierFailed, what: "could not score one text, as it says itself,",
        help: "change that text, or ask the plugin's author")
    }
    var sum = 0.0
    for (column, value) in row.enumerated() {
      if !value.isFinite {
        return Fault(
          code: .notFinite, what: "gave label \"\(label(column))\" the score \(value)",
          help: "scores have to be finite; report it to the plugin's author")
      }
      switch kind {
      case .probability, .multilabel:
        if value < -Self.tolerance || value > 1 + Self.tolerance {
          return outOfRange(value, column, "outside [0, 1]")
        }
        sum += value
      case .logProbability:
        let probability = exp(value)
        if probability > 1 + Self.tolerance {
          return outOfRange(value, column, "above 0, which no logarithm of a probability is")
        }
        sum += probability
      case .logit, .regression, .margin:
        break
      }
    }
    if kind == .probability || kind == .logProbability, abs(sum - 1) > Self.tolerance {
      return Fault(
        code: .invalidScores, what: "gave probabilities that sum to \(sum) instead of 1",
        help: "scores that are no distribution belong to output kind multilabel, logit or margin")
    }
    return nil
  }

  private func outOfRange(_ value: Double, _ column: Int, _ range: String) -> Fault {
    Fault(
      code: .invalidScores,
      what: "gave label \"\(label(column))\" the score \(value), \(range),",
      help: "scores that are no probabilities belong to output kind logit, regression or margin")
  }

  private func label(_ column: Int) -> String {
    column < labels.count ? labels[column] : String(column)
  }
}
