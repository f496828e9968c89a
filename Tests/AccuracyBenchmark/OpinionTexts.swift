import Attribution
import Classification

/// Long texts of neutral words with a few opinions in them.
///
/// Many reviews in a row are nothing to rank words by: opinions add up until the score hardly moves whatever is left
/// out, and dozens of words matter equally. Here the words of the reviews that the plugin finds neutral by themselves,
/// its negations and contrasts among them, follow each other, and opinions of decreasing strength, praise and blame in
/// turn, one in twenty words, are spread over them evenly.
struct OpinionTexts {
  private let neutral: [String]
  /// With how far they move the score alone, from strong to weak.
  private let praise: [(word: String, strength: Double)]
  private let blame: [(word: String, strength: Double)]

  init() throws {
    var neutral: [String] = []
    var praise: [(word: String, strength: Double)] = []
    var blame: [(word: String, strength: Double)] = []
    var scores: [String: Double] = [:]
    for review in try ReviewTexts.all().reviews.prefix(ReviewTexts.top) {
      for word in try Masking(wordsOf: review.text).lowercasedWords
      where word.allSatisfy({ $0.isASCII }) {
        if let known = scores[word] {
          if known == 0 { neutral.append(word) }
          continue
        }
        var whole = Coalitions(playerCount: 1)
        whole.appendGrand()
        let score = try SentimentGame(word).values(of: whole)[0] - 0.5
        scores[word] = score
        switch score {
        case 0: neutral.append(word)
        case 0...: praise.append((word, score))
        default: blame.append((word, -score))
        }
      }
    }
    self.neutral = neutral
    self.praise = praise.sorted { ($1.strength, $0.word) < ($0.strength, $1.word) }
    self.blame = blame.sorted { ($1.strength, $0.word) < ($0.strength, $1.word) }
  }

  /// Opinions from strong to weak, praise and blame in turn.
  private func opinions(_ count: Int) throws -> [String] {
    let strongest = max(praise.first?.strength ?? 0, blame.first?.strength ?? 0)
    var opinions: [String] = []
    for index in 0..<count {
      let share = Double(index) / Double(count)
      let wanted = strongest * (1 - share)
      let nearest = (index % 2 == 0 ? praise : blame).filter { !opinions.contains($0.word) }.min {
        abs($0.strength - wanted) < abs($1.strength - wanted)
      }
      guard let nearest else { throw BenchmarkError("the corpus has too few opinions") }
      opinions.append(nearest.word)
    }
    return opinions
  }

  /// The last place among the neutral words at which a text of so many words can begin.
  func lastStart(words count: Int) -> Int { neutral.count + opinionCount(count) - count }

  private func opinionCount(_ words: Int) -> Int { max(10, words / 20) }

  /// The text of so many words, with neutral ones from `start` on.
  func text(words count: Int, from start: Int) throws -> String {
    let opinions = try opinions(opinionCount(count))
    guard count >= 2 * opinions.count, 0...lastStart(words: count) ~= start else {
      throw BenchmarkError("the corpus has no text of \(count) words from its word \(start) on")
    }
    var words = Array(neutral[start...].prefix(count - opinions.count))
    for place in opinions.indices {
      // Strong and weak ones take turns in the text.
      words.insert(
        opinions[place * 7 % opinions.count], at: (2 * place + 1) * count / (2 * opinions.count))
    }
    return words.joined(separator: " ")
  }
}
