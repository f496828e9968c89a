import Segmentation
import Testing

@Suite(.serialized) struct SegmenterSpeedTests {
  static func text(of piece: String, byteCount: Int) -> [UInt8] {
    let piece = Array(piece.utf8)
    return (0..<(byteCount / piece.count)).flatMap { _ in piece }
  }

  static func seconds(_ segmenter: Segmenter, _ text: [UInt8]) throws -> Double {
    let clock = ContinuousClock()
    let times = try (0..<3).map { _ in
      try clock.measure { _ = try segmenter.tokens(in: text) } / .seconds(1)
    }
    return times.min() ?? .infinity
  }

  @Test(
    "time grows with the length of the text, whatever the text",
    arguments: SegmentationUnit.allCases,
    [
      "The plot was thin, but I couldn't stop watching. ", "这部电影非常好看", "この映画はとても面白かった",
      "ภาพยนตร์เรื่องนี้สนุกมาก",
      "ဒီရုပ်ရှင်ကို", "🇩🇪", "👨\u{200D}👩\u{200D}👧", "\u{301}", "!", ".", " ", "\n", "\u{200D}", "a'", "1,",
      "_", "\0", "A. ", "\u{AD}",
    ])
  func linear(unit: SegmentationUnit, piece: String) throws {
    let segmenter = try Segmenter(unit: unit)
    let small = Self.text(of: piece, byteCount: 1 << 14)
    let large = Self.text(of: piece, byteCount: 1 << 18)
    _ = try segmenter.tokens(in: small)
    let perSmall = try Self.seconds(segmenter, small)
    let perLarge = try Self.seconds(segmenter, large)
    // Sixteen times the text; quadratic growth would be 256.
    #expect(perLarge < 64 * perSmall, "\(perSmall) s, then \(perLarge) s")
  }
}
