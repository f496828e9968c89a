import Segmentation
import Testing

@Suite struct SegmenterTests {
  @Test(
    "tokens and kinds are as marked",
    arguments: [
      ("words.txt", SegmentationUnit.word, TokenKind.word),
      ("graphemes.txt", .grapheme, .word),
      ("sentences.txt", .sentence, .segment),
      ("lines.txt", .line, .segment),
    ])
  func markedTexts(file: String, unit: SegmentationUnit, plainKind: TokenKind) throws {
    let segmenter = try Segmenter(unit: unit)
    let fixtures = try Fixture.load(file)
    #expect(!fixtures.isEmpty)
    for fixture in fixtures {
      let expected = MarkedText(fixture.marked)
      let bytes = Array(try expected.text.utf8)
      let tokens = try segmenter.tokens(in: bytes)
      let marked = MarkedText(bytes, tokens: tokens, plainKind: plainKind)
      #expect(marked == expected, "\(file), \(fixture.name)")
    }
  }
}
