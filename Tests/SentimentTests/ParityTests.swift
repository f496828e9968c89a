import CSentimentLexicon
import Foundation
import Testing

@Suite("Scores are those of vaderSentiment 3.3.2")
struct ParityTests {
  @Test("every recorded sentence, rounded and not")
  func recordedSentences() throws {
    let sentences = try Fixture.sentences()
    try #require(sentences.count >= 1200)
    let rows = try SentimentHost().predict(sentences.map(\.text))
    for (sentence, row) in zip(sentences, rows) {
      let compound = 2 * row[1] - 1
      #expect(abs(compound - sentence.unrounded) <= 1e-12, "\(sentence.text)")
      let rounded = (compound * 10_000).rounded() / 10_000
      #expect(rounded == sentence.compound, "\(sentence.text)")
    }
  }

  @Test("the last bit of every recorded probability")
  func lastBit() throws {
    let sentences = try Fixture.sentences()
    let rows = try SentimentHost().predict(sentences.map(\.text))
    for (sentence, row) in zip(sentences, rows) {
      let positive = (sentence.unrounded + 1) / 2
      #expect(row == [1 - positive, positive], "\(sentence.text)")
    }
  }

  @Test("every plain word of the lexicon has its valence, wherever the text ends behind it")
  func wholeLexicon() throws {
    let slots = try #require(sentiment_slot_table())
    let table = try #require(sentiment_word_table())
    var words: [(text: String, valence: Double)] = []
    for slot in 0..<1 << SENTIMENT_SLOT_BITS where slots[slot] > 0 {
      let word = table[Int(slots[slot]) - 1]
      let bytes = withUnsafeBytes(of: word.text) { Array($0.prefix(Int(word.length))) }
      guard Int(word.roles) & SENTIMENT_LEXICAL != 0,
        bytes.allSatisfy({ (0x61...0x7A).contains($0) })
      else { continue }
      words.append((String(decoding: bytes, as: UTF8.self), Double(word.tenths) / 10))
    }
    #expect(words.count > 7000)
    let host = try SentimentHost()
    for ending in ["", " x", " of the long summer evenings"] {
      let rows = try host.predict(words.map { $0.text.uppercased() + ending })
      for (word, row) in zip(words, rows) where word.text != "kind" || ending.isEmpty {
        let isEmphasized = !ending.isEmpty
        let sum = word.valence + (isEmphasized ? (word.valence > 0 ? 0.733 : -0.733) : 0)
        #expect(row[1] == (sum / (sum * sum + 15).squareRoot() + 1) / 2, "\(word.text)\(ending)")
      }
    }
  }

  @Test("Shapley values by every coalition, against the recorded brute force")
  func shapleyValues() throws {
    let records = try Fixture.load("shapley_vader.json", as: RecordedShapley.self)
    #expect(records.count == 20)
    let host = try SentimentHost()
    for record in records {
      let pieces = record.players.map { $0[0]..<$0[1] }
      let n = pieces.count
      let masking = try PreparedMasking(host, Array(record.text.utf8), pieces, .remove)
      let masks = (0..<1 << n).map { mask in (0..<n).map { mask >> $0 & 1 == 1 } }
      let values = masking.score(masks).rows.map { $0[1] }
      #expect(values[0] == record.baseline)
      #expect(values[masks.count - 1] == record.grand)
      for i in 0..<n {
        var phi = 0.0
        for mask in 0..<masks.count where mask >> i & 1 == 0 {
          let s = mask.nonzeroBitCount
          let weight = tgamma(Double(s + 1)) * tgamma(Double(n - s)) / tgamma(Double(n + 1))
          phi += weight * (values[mask | 1 << i] - values[mask])
        }
        #expect(abs(phi - record.unrounded[i]) <= 1e-12, "\(record.text) player \(i)")
        #expect(abs(phi - record.values[i]) <= 1e-4, "\(record.text) player \(i)")
      }
    }
  }
}
