import Attribution
import Segmentation
import Testing

@Suite struct UTF8TextTests {
  @Test(
    "the first ill-formed sequence is found at its first byte",
    arguments: [
      ([0x80], "lone continuation byte"),
      ([0xBF, 0x41], "lone continuation byte"),
      ([0xC0, 0x80], "overlong NUL"),
      ([0xC1, 0xBF], "overlong, two bytes"),
      ([0xE0, 0x9F, 0xBF], "overlong, three bytes"),
      ([0xF0, 0x8F, 0xBF, 0xBF], "overlong, four bytes"),
      ([0xED, 0xA0, 0x80], "first surrogate"),
      ([0xED, 0xBF, 0xBF], "last surrogate"),
      ([0xF4, 0x90, 0x80, 0x80], "above U+10FFFF"),
      ([0xF5, 0x80, 0x80, 0x80], "never a lead byte"),
      ([0xFE], "never a byte"),
      ([0xFF], "never a byte"),
      ([0xC3], "two bytes, cut"),
      ([0xE4, 0xBD], "three bytes, cut"),
      ([0xF0, 0x9F, 0x98], "four bytes, cut"),
      ([0xC3, 0x41], "two bytes, interrupted"),
      ([0xE4, 0xBD, 0x41], "three bytes, interrupted"),
      ([0xF0, 0x9F, 0x98, 0x41], "four bytes, interrupted"),
    ] as [([UInt8], String)])
  func illFormed(sequence: [UInt8], what: String) throws {
    // The prefix's length decides which of the validator's fast paths meets the sequence.
    for prefix in ["", "a", "é", "中", "🙂", "\0", String(repeating: "ab", count: 40) + "é"] {
      for suffix in ["", "z", "é🙂 and more than eight bytes"] {
        let bytes = Array(prefix.utf8) + sequence + Array(suffix.utf8)
        #expect(UTF8Text.firstInvalidOffset(in: bytes) == prefix.utf8.count, "\(what)")
        #expect(throws: SegmentationError.invalidUTF8(offset: prefix.utf8.count)) {
          try Segmenter(unit: .word).tokens(in: bytes)
        }
        #expect(UTF8Text.firstInvalidOffset(in: UTF8Text.repairing(bytes)) == nil)
      }
    }
  }

  @Test("every scalar is valid, and every prefix of one but the whole is not")
  func everyScalar() {
    var wrong = 0
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(scalar).utf8)
      if UTF8Text.firstInvalidOffset(in: bytes) != nil { wrong += 1 }
    }
    for bytes in ["é", "中", "🙂"].map({ Array($0.utf8) }) {
      for length in 1..<bytes.count
      where UTF8Text.firstInvalidOffset(in: Array(bytes[..<length])) != 0 { wrong += 1 }
    }
    #expect(wrong == 0)
    #expect(UTF8Text.firstInvalidOffset(in: []) == nil)
  }

  /// Table 3-7 of the Unicode Standard, read literally.
  static func isWellFormed(_ bytes: [UInt8]) -> Bool {
    switch bytes.first ?? 0 {
    case 0x00...0x7F: bytes.count == 1
    case 0xC2...0xDF: bytes.count == 2 && tail(bytes, 1)
    case 0xE0: bytes.count == 3 && (0xA0...0xBF).contains(bytes[1]) && tail(bytes, 2)
    case 0xED: bytes.count == 3 && (0x80...0x9F).contains(bytes[1]) && tail(bytes, 2)
    case 0xE1...0xEF: bytes.count == 3 && tail(bytes, 1)
    case 0xF0: bytes.count == 4 && (0x90...0xBF).contains(bytes[1]) && tail(bytes, 2)
    case 0xF4: bytes.count == 4 && (0x80...0x8F).contains(bytes[1]) && tail(bytes, 2)
    case 0xF1...0xF3: bytes.count == 4 && tail(bytes, 1)
    default: false
    }
  }

  static func tail(_ bytes: [UInt8], _ from: Int) -> Bool {
    bytes[from...].allSatisfy { (0x80...0xBF).contains($0) }
  }

  @Test("random bytes agree with the table of well-formed sequences")
  func randomBytes() {
    var generator = SplitMix64(seed: 1)
    // Bytes at the edges of the table's ranges.
    let edges: [UInt8] = [
      0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
      0xEC, 0xED, 0xEE,
      0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<20_000 {
      let bytes = (0..<generator.index(below: 12)).map { _ in
        edges[generator.index(below: edges.count)]
      }
      var offset = 0
      var expected: Int?
      while offset < bytes.count {
        let rest = bytes[offset...]
        guard
          let length = (1...4).first(where: {
            $0 <= rest.count && Self.isWellFormed(Array(rest.prefix($0)))
          })
        else {
          expected = offset
          break
        }
        offset += length
      }
      #expect(UTF8Text.firstInvalidOffset(in: bytes) == expected, "\(bytes)")
    }
  }

  @Test("repairing replaces every maximal subpart of an ill-formed sequence and nothing else")
  func repairing() {
    // The example of the Unicode Standard 15.0, table 3-8, and its neighbours.
    #expect(
      UTF8Text.repairing([
        0x61, 0xF1, 0x80, 0x80, 0xE1, 0x80, 0xC2, 0x62, 0x80, 0x63, 0x80, 0xBF, 0x64,
      ])
        == Array("a\u{FFFD}\u{FFFD}\u{FFFD}b\u{FFFD}c\u{FFFD}\u{FFFD}d".utf8))
    #expect(UTF8Text.repairing([0xED, 0xA0, 0x80]) == Array("\u{FFFD}\u{FFFD}\u{FFFD}".utf8))
    #expect(UTF8Text.repairing([0x61, 0xE4, 0xBD]) == Array("a\u{FFFD}".utf8))
    let valid = Array("e\u{301}\0\r\n🙂 中\u{FEFF}".utf8)
    #expect(UTF8Text.repairing(valid) == valid)
    #expect(UTF8Text.repairing([]) == [])
  }
}
