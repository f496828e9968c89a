/// How the numbers that stand together are written, chosen by the largest: at least two of its digits show.
package struct NumberFormat: Equatable {
  /// Digits after the point; nil for powers of ten.
  package var decimals: Int?

  /// Chooses by the largest magnitude among the numbers: two decimals from 0.1 to 10, more below, fewer above, and
  /// powers of ten below 0.0001 and from a million on.
  package init(scale: Double) {
    let number = DecimalNumber(scale)
    let leading = number.digits.isEmpty ? 0 : number.exponent - 1
    switch leading {
    case ..<(-4), 6...: decimals = nil
    case ..<0: decimals = 1 - leading
    default: decimals = max(0, 2 - leading)
    }
  }

  /// Makes a format with a fixed number of decimals.
  package init(decimals: Int) { self.decimals = decimals }

  /// Whether the number is written as zero.
  package func isZero(_ value: Double) -> Bool {
    guard let decimals else { return value == 0 }
    return DecimalNumber(value).scaled(decimals: decimals).allSatisfy { $0 == "0" }
  }

  /// The number with U+2212 where it is negative; with `signed`, `+` where it is positive.
  ///
  /// What rounds to zero has no sign.
  package func format(
    _ value: Double, signed: Bool = false, rounding: DecimalNumber.Rounding = .nearest
  ) -> String {
    let number = DecimalNumber(value)
    let text =
      if let decimals {
        number.fixed(decimals: decimals, rounding: rounding)
      } else {
        number.scientific(rounding: rounding)
      }
    guard text.contains(where: { ("1"..."9").contains($0) }) else { return text }
    return (number.isNegative ? "−" : signed ? "+" : "") + text
  }
}
