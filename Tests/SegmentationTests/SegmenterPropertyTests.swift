import Attribution
import Segmentation
import Testing

/// What holds for every text, tried on random ones.
@Suite struct SegmenterPropertyTests {
  /// A text of runs of scalars from blocks that exercise different rules.
  static func randomText(using generator: inout SplitMix64) -> String {
    let blocks: [ClosedRange<UInt32>] = [
      0x00...0x7F, 0x20...0x7E, 0x80...0x24F, 0x300...0x36F, 0x590...0x6FF, 0x900...0x9FF,
      0xE00...0xEFF,
      0x1000...0x109F, 0x1100...0x11FF, 0x1780...0x17FF, 0x2000...0x206F, 0x20D0...0x20FF,
      0x2600...0x27BF,
      0x3000...0x30FF, 0x4E00...0x4FFF, 0xAC00...0xAD00, 0xE000...0xE010, 0xFE00...0xFE0F,
      0xFF00...0xFFFF,
      0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F3FB...0x1F3FF, 0x20000...0x20100, 0xE0020...0xE007F,
      0x0...0x10FFFF,
    ]
    let glue: [Unicode.Scalar] = [
      "\u{200D}", "\u{FE0F}", " ", "\n", "\r", "'", ".", ":", "_", "\u{20E3}", "1", "\0",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<generator.index(below: 8) {
      let block = blocks[generator.index(below: blocks.count)]
      for _ in 0..<generator.index(below: 6) {
        let value =
          block.lowerBound
          + UInt32(generator.index(below: Int(block.upperBound - block.lowerBound) + 1))
        if let scalar = Unicode.Scalar(value) { text.append(scalar) }
        if generator.index(below: 4) == 0 { text.append(glue[generator.index(below: glue.count)]) }
      }
    }
    return String(text)
  }

  @Test(
    "tokens are ordered, disjoint, on scalar boundaries, and leave out white space only",
    arguments: SegmentationUnit.allCases)
  func invariants(unit: SegmentationUnit) throws {
    let segmenter = try Segmenter(unit: unit)
    var generator = SplitMix64(seed: 7)
    for _ in 0..<3000 {
      let text = Self.randomText(using: &generator)
      let bytes = Array(text.utf8)
      var pieces: [UInt8] = []
      var end = 0
      var isPunctuation = false
      for token in try segmenter.tokens(in: bytes) {
        let gap = end..<max(end, token.utf8.lowerBound)
        try #require(
          token.utf8.lowerBound >= end && !token.utf8.isEmpty, "\(text.debugDescription)")
        #expect(Self.isWhiteSpace(bytes[gap]), "\(text.debugDescription) \(gap)")
        #expect(!Self.isWhiteSpace(bytes[token.utf8]))
        #expect((token.kind == .segment) == (unit == .sentence || unit == .line))
        // Adjacent punctuation makes one word token.
        #expect(!(unit == .word && gap.isEmpty && isPunctuation && token.kind == .punctuation))
        isPunctuation = token.kind == .punctuation
        pieces += bytes[gap] + bytes[token.utf8]
        end = token.utf8.upperBound
        #expect(
          Self.offsets(of: token.utf8.lowerBound, in: text) == (
            token.utf16.lowerBound, token.scalars.lowerBound
          ))
        #expect(
          Self.offsets(of: token.utf8.upperBound, in: text) == (
            token.utf16.upperBound, token.scalars.upperBound
          ))
      }
      #expect(Self.isWhiteSpace(bytes[end...]))
      #expect(pieces + bytes[end...] == bytes)
    }
  }

  @Test("boundaries ascend from 0 to the end", arguments: SegmentationUnit.allCases)
  func boundaries(unit: SegmentationUnit) throws {
    let segmenter = try Segmenter(unit: unit)
    var generator = SplitMix64(seed: 8)
    for _ in 0..<3000 {
      let text = Self.randomText(using: &generator)
      let boundaries = try segmenter.boundaries(in: Array(text.utf8))
      if text.isEmpty {
        #expect(boundaries == [])
      } else {
        #expect(boundaries.first == 0 && boundaries.last == text.utf8.count)
        #expect(zip(boundaries, boundaries.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }

  @Test(
    "long texts are cut to their end",
    arguments: [0, 1, 127, 128, 129, 255, 256, 257, 512, 1000])
  func longTexts(count: Int) throws {
    let text = (0..<count).flatMap { _ in Array("é\n".utf8) }
    for unit in SegmentationUnit.allCases {
      let tokens = try Segmenter(unit: unit).tokens(in: text)
      #expect(tokens.map(\.utf8) == (0..<count).map { (3 * $0)..<(3 * $0 + 2) })
      #expect(tokens.map(\.utf16) == (0..<count).map { (2 * $0)..<(2 * $0 + 1) })
    }
  }

  @Test("a segmenter keeps nothing of the text before")
  func reuse() throws {
    var generator = SplitMix64(seed: 9)
    let reused = try Segmenter(unit: .word)
    for _ in 0..<500 {
      let bytes = Array(Self.randomText(using: &generator).utf8)
      #expect(try reused.tokens(in: bytes) == Segmenter(unit: .word).tokens(in: bytes))
      #expect(throws: SegmentationError.invalidUTF8(offset: bytes.count)) {
        try reused.tokens(in: bytes + [0xFF])
      }
    }
  }

  /// By Swift's own views; nil where the byte offset is inside a scalar.
  static func offsets(of utf8Offset: Int, in text: String) -> (Int, Int)? {
    let index = text.utf8.index(text.startIndex, offsetBy: utf8Offset)
    guard let scalar = index.samePosition(in: text.unicodeScalars) else { return nil }
    return (
      text.utf16.distance(from: text.startIndex, to: scalar),
      text.unicodeScalars.distance(from: text.startIndex, to: scalar)
    )
  }

  static func isWhiteSpace(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }
}

/// Optional pairs, which have no `==` of their own.
private func == (left: (Int, Int)?, right: (Int, Int)) -> Bool {
  left.map { $0.0 == right.0 && $0.1 == right.1 } ?? false
}
