import Segmentation
import Testing

@Suite("Tokens that somebody else found")
struct RangeTokenTests {
  @Test("get kinds and places in three encodings; white space is left out")
  func places() throws {
    let text = Array("un##able é 🙂好 42!  \u{7}".utf8)
    // un | ## | able | blank | é | blank | 🙂 | 好 | blank 42 | !
    let ranges = [
      0..<2, 2..<4, 4..<8, 8..<9, 9..<11, 11..<12, 12..<16, 16..<19, 19..<22, 22..<23, 25..<26,
    ]
    let tokens = try TextToken.tokens(at: ranges, in: text)
    let found = tokens.map { "\($0.kind) \($0.utf8) \($0.utf16) \($0.scalars)" }
    let expected = [
      "word 0..<2 0..<2 0..<2", "punctuation 2..<4 2..<4 2..<4", "word 4..<8 4..<8 4..<8",
      "word 9..<11 9..<10 9..<10", "emoji 12..<16 11..<13 11..<12",
      "ideograph 16..<19 13..<14 12..<13", "number 19..<22 14..<17 13..<16",
      "punctuation 22..<23 17..<18 16..<17", "other 25..<26 20..<21 19..<20",
    ]
    #expect(found == expected)
    #expect(try TextToken.tokens(at: [], in: text).isEmpty)
    #expect(try TextToken.tokens(at: [], in: []).isEmpty)
  }

  @Test("a text that is not UTF-8 is refused")
  func invalid() {
    #expect(throws: SegmentationError.invalidUTF8(offset: 1)) {
      _ = try TextToken.tokens(at: [0..<1], in: [97, 0xFF])
    }
  }
}
