/// Which values of a game's outputs count as the same.
///
/// Those that differ by less than 10⁻⁹ of the range of values, by rounding, or by a tolerance that is given.
struct ValueTolerance {
  private static let relative = 1e-9
  private static let rounding = 1e-14
  /// Where more than this part of the range counts as the same, a check would tell nothing.
  private static let largest = 1e-3

  /// How far values of each output may be apart; nil where that tells nothing.
  private let allowances: [Double?]

  /// - Parameter tolerance: Values closer than this are the same.
  /// - Complexity: O(*m*) for *m* evaluations.
  init(_ tolerance: Double, for ledger: EvaluationLedger) {
    allowances = (0..<ledger.outputCount).map { output in
      let range = ledger.range(of: output)
      let width = range.upperBound - range.lowerBound
      let allowance = max(
        tolerance, Self.relative * width,
        Self.rounding * max(abs(range.lowerBound), abs(range.upperBound)))
      return width == 0 || allowance <= Self.largest * width ? allowance : nil
    }
  }

  /// Whether a check tells something of every output.
  var isTelling: Bool { allowances.allSatisfy { $0 != nil } }

  /// How far values of an output may be apart, infinite where that tells nothing.
  func allowance(of output: Int) -> Double { allowances[output] ?? .infinity }

  /// Whether two values of an output are known to be the same.
  func agrees(_ a: Double, _ b: Double, of output: Int) -> Bool {
    allowances[output].map { abs(a - b) <= $0 } ?? false
  }
}
