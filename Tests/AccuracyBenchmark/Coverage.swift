/// How many values are within 1.96 standard errors of their estimates.
struct Coverage: Sendable {
  private(set) var within = 0
  private(set) var count = 0

  /// In percent; nil of no values.
  var percentage: Int? {
    count == 0 ? nil : Int((100 * Double(within) / Double(count)).rounded())
  }

  mutating func add(_ isWithin: Bool) {
    within += isWithin ? 1 : 0
    count += 1
  }

  static func + (left: Coverage, right: Coverage) -> Coverage {
    Coverage(within: left.within + right.within, count: left.count + right.count)
  }
}
