import Rendering
import Testing

/// The colour scale.
@Suite struct TintTests {
  private let strengths = stride(from: 0.0, through: 1.0, by: 0.001)

  @Test("grows with the strength, from nothing to the fourth level")
  func monotone() {
    let levels = strengths.map { Tint(strength: $0).level }
    #expect(zip(levels, levels.dropFirst()).allSatisfy(<=))
    #expect(Set(levels) == [0, 1, 2, 3, 4])
    #expect(Tint(strength: 0).style == Tint(strength: 0.04).style)
  }

  @Test("is as strong against as for, and says which by colour and underline")
  func symmetric() {
    for strength in strengths where strength > 0 {
      let (plus, minus) = (Tint(strength: strength), Tint(strength: -strength))
      #expect(plus.level == minus.level)
      #expect(plus.isAgainst == false && minus.isAgainst == true)
      if plus.level > 0 {
        #expect(plus.style.isBold == minus.style.isBold)
        #expect((plus.style.background == nil) == (minus.style.background == nil))
        #expect(plus.style != minus.style && minus.style.isUnderlined && !plus.style.isUnderlined)
      }
    }
  }

  @Test("letters stand out from black and from white, and from their own blocks")
  func contrast() throws {
    for strength in [0.1, 0.3, 0.6, 1, -0.1, -0.3, -0.6, -1] {
      let style = Tint(strength: strength).style
      let letters = luminance(try #require(style.foreground))
      if let background = style.background {
        #expect(contrast(letters, luminance(background)) >= 4.5, "\(strength)")
      } else {
        #expect(contrast(letters, 0) >= 3.5 && contrast(letters, 1) >= 3.5, "\(strength)")
      }
    }
  }

  /// Relative luminance of an entry of the 6×6×6 colour cube (WCAG 2.1).
  private func luminance(_ colour: UInt8) -> Double {
    let steps = [0.0, 95, 135, 175, 215, 255]
    let index = Int(colour) - 16
    let channels = [steps[index / 36], steps[index / 6 % 6], steps[index % 6]].map { $0 / 255 }
      .map { $0 <= 0.04045 ? $0 / 12.92 : power(($0 + 0.055) / 1.055) }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }

  /// x^2.4 as x² · ⁵√x², by Newton's method.
  private func power(_ x: Double) -> Double {
    var root = 1.0
    for _ in 0..<60 {
      root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root)
    }
    return x * x * root
  }

  private func contrast(_ a: Double, _ b: Double) -> Double {
    (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
