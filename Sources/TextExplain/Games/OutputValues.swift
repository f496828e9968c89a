import Classification
import Glibc

/// Turns a row of a classifier's scores into the values of the explained outputs in the chosen space.
struct OutputValues: Sendable {
  let kind: OutputKind
  let space: OutputSpace
  /// The explained outputs' columns in a score row.
  let columns: [Int]

  var count: Int { columns.count }

  /// The values of one output alone, given its column in a score row.
  func only(column: Int) -> OutputValues {
    OutputValues(kind: kind, space: space, columns: [column])
  }

  /// Probabilities are clipped to [2⁻⁵², 1 − 2⁻⁵²] before a logit is taken.
  private static let margin = 0x1p-52

  /// The value of one explained output, and whether it was clipped to stay finite.
  func value(_ output: Int, of scores: ArraySlice<Double>) -> (value: Double, isClipped: Bool) {
    let score = scores[scores.startIndex + columns[output]]
    switch (kind, space) {
    case (_, .raw), (.probability, .probability), (.multilabel, .probability):
      return (score, false)
    case (.logProbability, .probability):
      return (exp(score), false)
    case (.logit, .probability):
      return (Self.softmax(score, in: scores), false)
    case (.logProbability, .logit):
      let clipped = min(max(score, log(Self.margin)), log1p(-Self.margin))
      return (clipped - log1p(-exp(clipped)), clipped != score)
    case (_, .logit), (.regression, _), (.margin, _):
      let clipped = min(max(score, Self.margin), 1 - Self.margin)
      return (log(clipped / (1 - clipped)), clipped != score)
    }
  }

  /// The probability of one logit; a single output stands against 0.
  private static func softmax(_ score: Double, in scores: ArraySlice<Double>) -> Double {
    if scores.count == 1 { return 1 / (1 + exp(-score)) }
    var sum = 0.0
    for other in scores { sum += exp(other - score) }
    return 1 / sum
  }
}
