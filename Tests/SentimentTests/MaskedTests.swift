import CTextExplain
import Testing

@Suite("masked/1 scores what predict scores on the rendering, bit for bit")
struct MaskedTests {
  static let modes: [Absent] = [
    .remove, .replace(Array("[…]".utf8)), .replace(Array(" not ".utf8)), .replace([]),
    .replace(Array("!".utf8)), .replace(Array("😀".utf8)),
  ]

  private func expectEqual(_ masking: PreparedMasking, _ masks: [[Bool]]) {
    let scored = masking.score(masks)
    let predicted = masking.host.predict(bytes: masks.map(masking.rendered))
    #expect(scored.code == 0)
    #expect(predicted.code == 0)
    #expect(
      scored.rows == predicted.rows,
      "\(String(decoding: masking.text, as: UTF8.self).debugDescription) \(masking.pieces)")
  }

  private static func words(of text: [UInt8]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var begin: Int?
    for (i, byte) in text.enumerated() {
      let isWord = byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x27
      if isWord && begin == nil { begin = i }
      if let first = begin, !isWord {
        pieces.append(first..<i)
        begin = nil
      }
    }
    if let first = begin { pieces.append(first..<text.count) }
    return pieces
  }

  @Test("words as pieces, every recorded sentence", arguments: 0..<6)
  func wordPieces(mode: Int) throws {
    let host = try SentimentHost()
    var draws = Draws(seed: UInt64(mode))
    for sentence in try Fixture.sentences() {
      let text = Array(sentence.text.utf8)
      let pieces = Self.words(of: text)
      let masking = try PreparedMasking(host, text, pieces, Self.modes[mode])
      expectEqual(masking, draws.masks(8, pieces: pieces.count))
    }
  }

  @Test("pieces of any characters, white space too", arguments: 0..<6)
  func arbitraryPieces(mode: Int) throws {
    let host = try SentimentHost()
    var draws = Draws(seed: UInt64(100 + mode))
    for sentence in try Fixture.sentences() {
      let pieces = draws.pieces(of: sentence.text, limit: 200)
      let masking = try PreparedMasking(host, Array(sentence.text.utf8), pieces, Self.modes[mode])
      let masks = draws.masks(8, pieces: pieces.count)
      expectEqual(masking, masks)
      expectEqual(masking, masks.reversed())
    }
  }

  @Test("sentences as pieces, and paragraphs longer than what is remembered")
  func longPieces() throws {
    let host = try SentimentHost()
    var draws = Draws(seed: 7)
    for repeats in [1, 400, 15_000] {
      let sentence = "It is not good, but fine! "
      var text = ""
      var pieces: [Range<Int>] = []
      for i in 0..<5 {
        let begin = text.utf8.count
        text += String(repeating: sentence, count: repeats)
        pieces.append(begin..<text.utf8.count - i % 2)
        text += i % 2 == 0 ? "" : "Well: "
      }
      let masking = try PreparedMasking(host, Array(text.utf8), pieces, .remove)
      expectEqual(masking, draws.masks(repeats > 1000 ? 4 : 40, pieces: pieces.count))
    }
  }

  @Test("two thousand pieces, masks of 32 words, glued and apart")
  func manyPieces() throws {
    let host = try SentimentHost()
    var draws = Draws(seed: 11)
    for separator in ["", " ", "-", "\u{3000}"] {
      var text = ""
      var pieces: [Range<Int>] = []
      for _ in 0..<2000 {
        let begin = text.utf8.count
        text += ["good", "NOT", "but", "very", "😀", "é", "sad", "plot"][draws.below(8)]
        pieces.append(begin..<text.utf8.count)
        text += separator
      }
      let masking = try PreparedMasking(host, Array(text.utf8), pieces, .remove)
      expectEqual(masking, draws.masks(12, pieces: pieces.count))
    }
  }

  @Test("without pieces every mask is the text, with masks of no word or NULL")
  func noPieces() throws {
    let host = try SentimentHost()
    for text in ["", "good day!", " \n"] {
      let masking = try PreparedMasking(host, Array(text.utf8), [], .remove)
      let expected = try host.predict([text])[0]
      #expect(masking.score([[], []]).rows == [expected, expected])
      #expect(masking.score([[], []], wordsPerMask: 1).rows == [expected, expected])
      #expect(masking.score([]).code == 0)
    }
  }

  @Test("prepared texts that are alive at once do not mix")
  func interleaved() throws {
    let host = try SentimentHost()
    var draws = Draws(seed: 3)
    let maskings = try Fixture.sentences().suffix(60).map { sentence in
      try PreparedMasking(
        host, Array(sentence.text.utf8), draws.pieces(of: sentence.text, limit: 30), .remove)
    }
    for _ in 0..<3 {
      for masking in maskings { expectEqual(masking, draws.masks(3, pieces: masking.pieces.count)) }
    }
  }

  @Test("what cannot be prepared is refused")
  func refusals() throws {
    let host = try SentimentHost()
    let text = Array("né good".utf8)
    let good = try PreparedMasking(host, text, [0..<3], .remove)
    let illegal: [[Range<Int>]] = [
      [2..<3], [0..<2], [3..<3], [0..<9], [4..<6, 5..<8], [4..<6, 0..<1],
    ]
    for pieces in illegal {
      let (code, prepared) = PreparedMasking.prepare(host, good.table, text, pieces, .remove)
      #expect(code == TX_E_ARGUMENT, "\(pieces)")
      #expect(prepared == nil)
    }
    let (encoding, _) = PreparedMasking.prepare(host, good.table, [0x67, 0xC3], [], .remove)
    #expect(encoding == TX_E_ENCODING)
    let (filler, _) = PreparedMasking.prepare(host, good.table, text, [], .replace([0xFF]))
    #expect(filler == TX_E_ENCODING)
    let (mode, _) = PreparedMasking.prepare(
      host, good.table, text, [], .remove, mode: TX_ABSENT_MODEL_MASK)
    #expect(mode == TX_E_UNSUPPORTED)
    #expect(good.table.absent_modes == 1 << TX_ABSENT_REMOVE | 1 << TX_ABSENT_REPLACE)
    #expect(good.score([[true]], wordsPerMask: 0).code == TX_E_ARGUMENT)
    let huge = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
    let (long, _) = PreparedMasking.prepare(host, good.table, text, [0..<1, 3..<4], .replace(huge))
    #expect(long == TX_E_UNSUPPORTED)
  }
}
