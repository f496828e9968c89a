import Attribution
import Classification
import _TestSupport

/// The probability of "positive" that a network trained on some of the reviews gives to a text with
/// only some of its words in it.
final class TrainedNetworkGame: Game {
  let playerCount: Int
  let outputCount = 1
  private let model: Model
  /// The number of each player's word; nil where training had no such word.
  private let words: [Int?]

  init(_ text: String) throws {
    model = try Self.model.get()
    words = try model.words(of: text)
    playerCount = words.count
  }

  func values(of coalitions: Coalitions) -> [Double] {
    (0..<coalitions.count).map { index in
      model.probability(Members(coalitions, index).players.compactMap { words[$0] })
    }
  }

  private static let model = Result { try Model(ReviewTexts.all().training) }

  private struct Model: Sendable {
    private let tfIdf: TfIdf
    private let network: TrainedNetwork

    init(_ texts: ReviewTexts) throws {
      let reviews = texts.reviews.filter { ["positive", "negative"].contains($0.label) }
      let words = try reviews.map { try Masking(wordsOf: $0.text).lowercasedWords }
      let tfIdf = TfIdf(words)
      self.tfIdf = tfIdf
      network = TrainedNetwork(
        zip(reviews, words).map { review, words in
          (tfIdf.vector(words.compactMap(tfIdf.number)), review.label == "positive")
        }, inputs: tfIdf.wordCount)
    }

    func words(of text: String) throws -> [Int?] {
      try Masking(wordsOf: text).lowercasedWords.map(tfIdf.number)
    }

    func probability(_ words: [Int]) -> Double { network.probability(tfIdf.vector(words)) }
  }
}
