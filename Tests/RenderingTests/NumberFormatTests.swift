import Foundation
import Rendering
import Testing

/// Numbers for people.
@Suite struct NumberFormatTests {
  @Test(
    "the largest number chooses the decimals",
    arguments: [
      (0.31, "+0.31"), (-0.31, "−0.31"), (0.99999, "+1.00"), (1.2345, "+1.23"), (12.34, "+12.3"),
      (123.4, "+123"),
      (0.0312, "+0.031"), (0.00412, "+0.0041"), (1.23e-5, "+1.2e−5"), (-1.96e-12, "−2.0e−12"),
      (9.96e-6, "+1.0e−5"),
      (1_234_567, "+1.2e6"), (999_999, "+999999"), (0, "0.00"), (-0.0, "0.00"),
      (Double.leastNonzeroMagnitude, "+5.0e−324"),
      (1.7976931348623157e308, "+1.8e308"),
    ])
  func scale(value: Double, text: String) {
    #expect(NumberFormat(scale: value.magnitude).format(value, signed: true) == text)
  }

  @Test("what rounds to zero has no sign; bounds round away from it")
  func small() {
    let format = NumberFormat(decimals: 2)
    #expect(format.format(-0.004, signed: true) == "0.00" && format.isZero(-0.004))
    #expect(format.format(0.005, signed: true) == "+0.01" && !format.isZero(0.005))
    #expect(format.format(0.001, rounding: .up) == "0.01")
    #expect(format.format(0.31, rounding: .up) == "0.31")
    #expect(format.format(0.995, rounding: .up) == "1.00")
    #expect(NumberFormat(scale: 1e-7).format(1.21e-7, rounding: .up) == "1.3e−7")
  }

  @Test("rounds as the C library does where that is no tie in decimal")
  func againstC() throws {
    let scales: [Double] = [1e-3, 1, 1e4]
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let scale = try #require(scales.randomElement(using: &generator))
      let value = Double.random(in: -scale...scale, using: &generator)
      for decimals in 0...5 {
        let expected = String(format: "%.\(decimals)f", value).replacingOccurrences(
          of: "-", with: "−")
        let actual = NumberFormat(decimals: decimals).format(value)
        let isZero = !expected.contains { ("1"..."9").contains($0) }
        #expect(actual == (isZero ? String(expected.drop { $0 == "−" }) : expected))
      }
    }
  }

  @Test("a sum gets the decimals with which it comes out")
  func sums() {
    // 0.50 + 0.36 = 0.87 does not.
    #expect(NumberFormat(adding: 0.5041, 0.3637, to: 0.8678).decimals == 3)
    #expect(NumberFormat(adding: 0.5, 0.37, to: 0.87).decimals == 2)
    #expect(NumberFormat(adding: 0.5, -0.37, to: 0.13).decimals == 2)
    // A gap cannot be hidden by decimals.
    #expect(NumberFormat(adding: 0.5, 0.1, to: 0.9).decimals == 2)
  }
}
