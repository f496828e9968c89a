/// Which values of a game count as equal where a structure is checked.
struct ValueAgreement {
  /// Values closer than this are the same.
  let tolerance: Double

  /// What differs by less than this part of the range of values, or by rounding, is the same.
  private static let relativeTolerance = 1e-9
  private static let rounding = 1e-14
  /// Where more than this part of the range counts as the same, a check would tell nothing.
  private static let largestTolerance = 1e-3

  /// Whether two values of an output are the same, as far as can be told.
  func agrees(_ a: Double, _ b: Double, _ output: Int, _ ledger: EvaluationLedger) -> Bool {
    let same = allowance(output, ledger)
    let range = ledger.range(of: output)
    let isTelling =
      range.lowerBound == range.upperBound
      || same <= Self.largestTolerance * (range.upperBound - range.lowerBound)
    return isTelling && abs(a - b) <= same
  }

  /// How far values of an output may be apart and count as the same.
  func allowance(_ output: Int, _ ledger: EvaluationLedger) -> Double {
    let range = ledger.range(of: output)
    return max(
      tolerance, Self.relativeTolerance * (range.upperBound - range.lowerBound),
      Self.rounding * max(abs(range.lowerBound), abs(range.upperBound)))
  }
}
