import Glibc
import Segmentation
import Testing

@Suite(.serialized) struct SegmenterSpeedTests {
  static func text(of piece: String, byteCount: Int) -> [UInt8] {
    let piece = Array(piece.utf8)
    return (0..<(byteCount / piece.count)).flatMap { _ in piece }
  }

  /// The least CPU time of this thread, so that other work on the machine does not count.
  static func seconds(_ segmenter: Segmenter, _ text: [UInt8]) throws -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
    return try (0..<3).map { _ in
      let start = now()
      _ = try segmenter.tokens(in: text)
      return now() - start
    }.min() ?? .infinity
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
    let small = Self.text(of: piece, byteCount: 1 << 12)
    let large = Self.text(of: piece, byteCount: 1 << 18)
    _ = try segmenter.tokens(in: small)
    let perSmall = try Self.seconds(segmenter, small)
    let perLarge = try Self.seconds(segmenter, large)
    // 64 times the text; quadratic growth would be 4096.
    #expect(perLarge < 512 * perSmall, "\(perSmall) s, then \(perLarge) s")
  }
}
