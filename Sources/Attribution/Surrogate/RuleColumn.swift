/// Which rows of a table a rule holds for.
struct RuleColumn {
  /// 1 where it holds, else 0.
  let values: [Double]
  /// The same as bits.
  private let bits: [UInt64]

  init(_ holds: [Bool]) {
    values = holds.map { $0 ? 1 : 0 }
    var bits = [UInt64](repeating: 0, count: (holds.count + 63) / 64)
    for (row, isSet) in holds.enumerated() where isSet {
      bits[row >> 6] |= 1 << UInt64(row & 63)
    }
    self.bits = bits
  }

  /// In how many rows all three hold.
  static func count(_ a: RuleColumn, _ b: RuleColumn, _ c: RuleColumn) -> Double {
    var count = 0
    for word in a.bits.indices {
      count += (a.bits[word] & b.bits[word] & c.bits[word]).nonzeroBitCount
    }
    return Double(count)
  }
}
