import Segmentation
import Testing

/// `corpora/languages.tsv`: languages of many scripts, and ICU finds the words of all of them.
@Suite struct LanguageCorpusTests {
  /// Where the letters of a language lie in Unicode; of those not listed, in the Latin blocks.
  private static let letters: [String: [ClosedRange<UInt32>]] = [
    "ru": [0x400...0x4FF], "uk": [0x400...0x4FF], "el": [0x370...0x3FF, 0x1F00...0x1FFF],
    "ar": [0x600...0x6FF], "fa": [0x600...0x6FF], "he": [0x590...0x5FF],
    "hi": [0x900...0x97F], "bn": [0x980...0x9FF], "ta": [0xB80...0xBFF], "th": [0xE00...0xE7F],
    "ka": [0x10A0...0x10FF], "zh": [0x4E00...0x9FFF],
    "ja": [0x3005...0x3005, 0x3040...0x30FF, 0x4E00...0x9FFF], "ko": [0xAC00...0xD7A3],
  ]
  private static let latin: [ClosedRange<UInt32>] = [0x41...0x24F, 0x1E00...0x1EFF]

  private func languages() throws -> [(name: String, texts: [String])] {
    let rows = try CorpusTable("languages.tsv", columns: ["language", "text"]).rows
    var languages: [(name: String, texts: [String])] = []
    for row in rows {
      if languages.last?.name != row[0] { languages.append((row[0], [])) }
      languages[languages.count - 1].texts.append(row[1])
    }
    return languages
  }

  @Test("at least ten texts in each of at least twenty languages, which the README lists in order")
  func shape() throws {
    let languages = try languages()
    #expect(languages.count >= 20 && Set(languages.map(\.name)).count == languages.count)
    #expect(languages.allSatisfy { $0.texts.count >= 10 })
    #expect(Set(Self.letters.keys).isSubset(of: languages.map(\.name)))
    let names = languages.map(\.name).joined(separator: " ")
    #expect(try CorpusTable.read("README.md").contains("`\(names)`"))
  }

  @Test("every letter is one of the language's script")
  func scripts() throws {
    for (name, texts) in try languages() {
      let ranges = Self.letters[name] ?? Self.latin
      for text in texts {
        let strangers = text.unicodeScalars.filter { scalar in
          scalar.properties.isAlphabetic && !ranges.contains { $0.contains(scalar.value) }
        }
        #expect(strangers.isEmpty, "\(name): \(text)")
      }
    }
  }

  @Test("ICU finds 4 to 25 words in every text, and all of its letters are in them")
  func words() throws {
    for (name, texts) in try languages() {
      let segmenter = try Segmenter(unit: .word, locale: name)
      for text in texts {
        let bytes = Array(text.utf8)
        let words = try segmenter.tokens(in: bytes).filter(\.kind.isWordLike)
        #expect((4...25).contains(words.count), "\(name), \(words.count): \(text)")
        let found = words.map { String(decoding: bytes[$0.utf8], as: UTF8.self) }.joined()
        #expect(letterCount(found) == letterCount(text), "\(name): \(text)")
      }
    }
  }

  @Test("and finds them where no blanks tell words apart", arguments: ["th", "zh", "ja"])
  func unspaced(name: String) throws {
    let texts = try #require(try languages().first { $0.name == name }).texts
    for text in texts {
      let pieces = text.split(separator: " ").count
      #expect(try CorpusTable.wordCount(text, locale: name) >= 2 * pieces + 2, "\(text)")
    }
  }

  private func letterCount(_ text: String) -> Int {
    text.unicodeScalars.count { $0.properties.isAlphabetic }
  }
}
