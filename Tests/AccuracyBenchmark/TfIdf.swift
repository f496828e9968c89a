import Foundation

/// Word counts times inverse document frequency, normalised to length one.
///
/// The frequencies are smoothed, as if one more text had every word: ln((1 + N) / (1 + df)) + 1, the
/// default of scikit-learn's `TfidfVectorizer`.
struct TfIdf: Sendable {
  /// An entry of a sparse vector.
  typealias Entry = (word: Int, value: Double)

  private let numbers: [String: Int]
  private let idf: [Double]

  /// The number of words that are known.
  var wordCount: Int { idf.count }

  /// Knows the words of some texts; numbers go by first appearance.
  init(_ texts: [[String]]) {
    var numbers: [String: Int] = [:]
    var frequencies: [Double] = []
    for text in texts {
      var seen: Set<String> = []
      for word in text where seen.insert(word).inserted {
        if let number = numbers[word] {
          frequencies[number] += 1
        } else {
          numbers[word] = frequencies.count
          frequencies.append(1)
        }
      }
    }
    self.numbers = numbers
    idf = frequencies.map { log((1 + Double(texts.count)) / (1 + $0)) + 1 }
  }

  /// The number of a word; nil where it is unknown.
  func number(of word: String) -> Int? { numbers[word] }

  /// The vector of a bag of words, empty for the empty bag; their order makes no difference.
  func vector(_ words: [Int]) -> [Entry] {
    var entries: [Entry] = []
    for word in words.sorted() {
      if let last = entries.last, last.word == word {
        entries[entries.count - 1].value += idf[word]
      } else {
        entries.append((word, idf[word]))
      }
    }
    let length = entries.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
    return entries.map { ($0.word, $0.value / length) }
  }
}
