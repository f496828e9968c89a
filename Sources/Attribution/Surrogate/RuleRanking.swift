/// The candidates that explain most of the squares of what is left, as far as one alone can.
struct RuleRanking {
  enum Candidate {
    /// The players whose bits are set.
    case set(Int)
    /// Two players, how near they must be, or nil.
    case near(Int, Int, reach: Int?)
    /// A rule that was picked, and one more player.
    case grown(Int, Int)
  }

  /// Rules that hold for fewer rows, or for all but fewer, say little.
  private static let fewestRows = 3.0

  private let rows: Double
  private let length: Int
  private var candidates: [(score: Double, candidate: Candidate)] = []
  private var least = 0.0

  /// Ranks at least `length` candidates.
  init(rows: Double, length: Int) {
    self.rows = rows
    self.length = length
  }

  /// From the best to the worst.
  var best: [Candidate] { candidates.sorted { $0.score > $1.score }.map(\.candidate) }

  /// Takes up a candidate that holds for `count` rows, where `product` is the sum of what is left.
  mutating func consider(_ candidate: Candidate, product: Double, count: Double) {
    guard count >= Self.fewestRows, count <= rows - Self.fewestRows else { return }
    let score = product * product / (count * (1 - count / rows))
    guard score > least else { return }
    candidates.append((score, candidate))
    if candidates.count >= 2 * length {
      candidates.sort { $0.score > $1.score }
      candidates.removeLast(candidates.count - length)
      least = candidates[length - 1].score
    }
  }
}
