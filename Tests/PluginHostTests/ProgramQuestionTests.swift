import Classification
import FoundationEssentials
import PluginHost
import Testing

@Suite("Questions to a program")
struct ProgramQuestionTests {
  private struct Question: Decodable {
    let id: Int
    let texts: [String]
  }

  @Test("are one line of JSON that reads back as the texts, whatever they hold")
  func everyScalar() throws {
    var texts = ["", "\"\\/", "a\nb\rc\td", "\u{85}\u{2028}\u{2029}\u{7F}\u{80}\u{9F}\u{A0}"]
    // Every scalar up to U+2100, and some of each plane.
    var all = String.UnicodeScalarView()
    for value in UInt32(0)..<0x2100 {
      if let scalar = Unicode.Scalar(value) { all.append(scalar) }
    }
    texts.append(String(all))
    texts.append("\u{D7FF}\u{E000}\u{FFFD}\u{FFFF}\u{10000}\u{10FFFF}😀")
    let line = ProgramQuestion(id: 7, TextBatch(texts), rows: 0..<texts.count).line
    #expect(line.last == UInt8(ascii: "\n") && line.filter { $0 < 0x20 || $0 == 0x7F }.count == 1)
    let written = String(decoding: line, as: UTF8.self).unicodeScalars
    #expect(
      !written.contains {
        ("\u{80}"..."\u{9F}").contains($0) || "\u{2028}\u{2029}".unicodeScalars.contains($0)
      })
    let question = try JSONDecoder().decode(Question.self, from: Data(line))
    #expect(question.id == 7)
    #expect(question.texts.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
  }

  @Test("hold the rows that are asked for")
  func rows() {
    let batch = TextBatch(["a", "b", "c", "d"])
    let line = ProgramQuestion(id: 0, batch, rows: 1..<3).line
    #expect(String(decoding: line, as: UTF8.self) == "{\"id\": 0, \"texts\": [\"b\", \"c\"]}\n")
  }
}
