/// How strongly, and for or against what is explained, an attribution speaks: the only thing that colour depends on.
package struct Tint: Equatable, Sendable {
  /// 0 (not worth a colour) to 4.
  package var level: Int
  /// Whether it speaks against the label.
  package var isAgainst: Bool

  /// The share of the largest attribution from which a token is marked where there is no colour.
  package static let markThreshold = 1.0 / 3

  /// Makes the tint of a strength in [−1, 1]: the attribution as a share of the largest one.
  package init(strength: Double) {
    level =
      switch strength.magnitude {
      case ..<0.05: 0
      case ..<0.2: 1
      case ..<0.45: 2
      case ..<0.75: 3
      default: 4
      }
    isAgainst = strength < 0
  }

  /// Blue supports, orange (underlined) speaks against; strong tokens are blocks, weaker ones coloured letters.
  ///
  /// The letters' colours have a contrast of 3.5 or more with black and with white; blocks bring their own letters'
  /// colour. Readers who cannot tell red from green can tell blue from orange.
  package var style: Style {
    let colour: UInt8 = isAgainst ? 166 : 32
    let bright: UInt8 = isAgainst ? 208 : 39
    switch level {
    case 0: return .plain
    case 1: return Style(isUnderlined: isAgainst, foreground: colour)
    case 2: return Style(isBold: true, isUnderlined: isAgainst, foreground: colour)
    case 3: return Style(isUnderlined: isAgainst, foreground: 16, background: colour)
    default: return Style(isBold: true, isUnderlined: isAgainst, foreground: 16, background: bright)
    }
  }

  /// The colour of a bar.
  var bar: Style { Style(foreground: isAgainst ? 166 : 32) }
}
