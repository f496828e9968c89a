import Classification
import Foundation

/// The reviews of corpora/reviews.tsv.
struct ReviewTexts: Sendable {
  struct Review: Sendable {
    let label: String
    let text: String
  }

  let reviews: [Review]

  /// Models and long texts are made of so many reviews at the top, whatever comes to be added at the end: it must not
  /// change the games for which errors of the peers are recorded.
  static let top = 132

  /// All of them.
  static func all() throws -> ReviewTexts {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let file = try String(contentsOf: root.appending(path: "corpora/reviews.tsv"), encoding: .utf8)
    return ReviewTexts(
      reviews: file.split(separator: "\n").dropFirst().compactMap { line in
        let fields = line.split(separator: "\t")
        guard let label = fields.first, let text = fields.last else { return nil }
        return Review(label: String(label), text: String(text))
      })
  }

  /// Those that a model is trained on: the first two of every four.
  ///
  /// Labels alternate, so that every other review would be all of one label.
  var training: ReviewTexts { picked { $0 < Self.top && $0 % 4 < 2 } }

  /// The others.
  var heldOut: ReviewTexts { picked { $0 >= Self.top || $0 % 4 >= 2 } }

  private func picked(_ isIncluded: (Int) -> Bool) -> ReviewTexts {
    ReviewTexts(reviews: reviews.indices.filter(isIncluded).map { reviews[$0] })
  }

  /// Texts with a number of words within `sizes`: reviews, each with as many of those that follow it
  /// as it takes.
  func texts(words sizes: ClosedRange<Int>) throws -> [String] {
    var texts: [String] = []
    var start = 0
    while start < reviews.count {
      var text = reviews[start].text
      var end = start + 1
      // Sizes go round, so that texts are not all just above the smallest.
      let least = sizes.lowerBound + texts.count * 11 % max(1, sizes.count * 3 / 4)
      while try Masking(wordsOf: text).pieces.count < least, end < reviews.count {
        text += " " + reviews[end].text
        end += 1
      }
      if sizes ~= (try Masking(wordsOf: text).pieces.count) { texts.append(text) }
      start = end
    }
    return texts
  }
}
