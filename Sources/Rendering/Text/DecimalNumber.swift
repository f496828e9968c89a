/// A double as its shortest decimal, ±0.d₁d₂d₃… × 10^exponent, to be rounded as a reader of the JSON would.
package struct DecimalNumber {
  let isNegative: Bool
  /// d₁, d₂, …: no zeros at either end; empty for zero.
  private(set) var digits: [UInt8]
  /// The power of ten.
  private(set) var exponent: Int

  /// Which way digits are dropped.
  package enum Rounding {
    case nearest
    /// Away from zero, so that a bound stays a bound.
    case up
  }

  /// Makes the decimal of a finite value.
  package init(_ value: Double) {
    precondition(value.isFinite, "no decimal for \(value)")
    isNegative = value < 0
    let parts = value.magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    digits = mantissa.joined().utf8.map { $0 - UInt8(ascii: "0") }
    exponent = mantissa[0].utf8.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.last == 0 { digits.removeLast() }
  }

  /// The value times 10^`decimals`, rounded to an integer, as digits: "0" where nothing is left.
  package func scaled(decimals: Int, rounding: Rounding = .nearest) -> String {
    guard !digits.isEmpty else { return "0" }
    let kept = exponent + decimals
    var result = Array(digits.prefix(max(0, kept)))
    result += Array(repeating: 0, count: max(0, kept - result.count))
    let roundsUp =
      switch rounding {
      case .nearest: kept >= 0 && kept < digits.count && digits[kept] >= 5
      case .up: kept < digits.count
      }
    if roundsUp {
      var position = result.count - 1
      while position >= 0, result[position] == 9 {
        result[position] = 0
        position -= 1
      }
      if position >= 0 { result[position] += 1 } else { result.insert(1, at: 0) }
    }
    return result.isEmpty ? "0" : result.map { String($0) }.joined()
  }

  /// The magnitude with a fixed number of decimals.
  func fixed(decimals: Int, rounding: Rounding) -> String {
    var text = scaled(decimals: decimals, rounding: rounding)
    guard decimals > 0 else { return text }
    text = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
    return "\(text.dropLast(decimals)).\(text.suffix(decimals))"
  }

  /// The magnitude with two significant digits and a power of ten, as `1.2e−5`.
  func scientific(rounding: Rounding) -> String {
    guard !digits.isEmpty else { return "0" }
    let text = scaled(decimals: 2 - exponent, rounding: rounding)
    let power = exponent - 1 + text.count - 2
    let sign = power < 0 ? "−" : ""
    return "\(text.prefix(1)).\(text.dropFirst().prefix(1))e\(sign)\(power.magnitude)"
  }
}
