import Attribution

/// A classifier that reads the players of a text from left to right: every present player adds a
/// whole number that depends on a state, and the output is a logistic function of the sum.
///
/// Sums of whole numbers have few values, so that Shapley values are exact at any size.
public struct ScoreAutomaton: Sendable {
  /// What a present player does in a state.
  public struct Step: Sendable {
    let state: Int
    let score: Int
  }

  /// The number of players.
  public let playerCount: Int
  /// The logit that one unit of the sum is worth.
  private let unit: Double
  /// The logit of the sum 0.
  private let bias: Double
  /// What happens in each state, the first being that of the start, when a player is present.
  private let present: [[Step]]
  /// The state that follows each state when a player is absent.
  private let absent: [[Int]]

  /// Words, adjacent pairs and adjacent triples that count where they are present as a whole, while
  /// absent words keep their places.
  public static func maskedNGram(
    words: [Int], pairs: [Int], triples: [Int], unit: Double
  ) -> ScoreAutomaton {
    // A state is whether the last player was present (1) and the one before it (2).
    let present = words.indices.map { player in
      (0..<4).map { state in
        var score = words[player]
        if state & 1 == 1, player >= 1 { score += pairs[player - 1] }
        if state == 3, player >= 2 { score += triples[player - 2] }
        return Step(state: (state << 1 | 1) & 3, score: score)
      }
    }
    let absent = words.map { _ in (0..<4).map { $0 << 1 & 3 } }
    let largest = words.reduce(0, +) + pairs.reduce(0, +) + triples.reduce(0, +)
    return ScoreAutomaton(unit: unit, largest: largest, present: present, absent: absent)
  }

  /// Words, and pairs that are neighbours once absent words are deleted.
  public static func survivingBigram(
    words: [Int], pairs: [[Int]], unit: Double
  ) -> ScoreAutomaton {
    let n = words.count
    // State 0 is that of no survivor yet, state j + 1 that of the last survivor j.
    let present = words.indices.map { player in
      (0...n).map { state in
        let hasNeighbour = state > 0 && state <= player
        let pair = hasNeighbour ? pairs[state - 1][player] : 0
        return Step(state: player + 1, score: words[player] + pair)
      }
    }
    let absent = words.map { _ in Array(0...n) }
    var largest = words.reduce(0, +)
    for player in words.indices.dropFirst() { largest += pairs[player - 1][player] }
    return ScoreAutomaton(unit: unit, largest: largest, present: present, absent: absent)
  }

  /// A logistic function of a weighted sum of the present words.
  public static func linear(words: [Int], unit: Double) -> ScoreAutomaton {
    ScoreAutomaton(
      unit: unit, largest: words.reduce(0, +), present: words.map { [Step(state: 0, score: $0)] },
      absent: words.map { _ in [0] })
  }

  /// - Parameter largest: The sum for all players, which the bias brings nearer to the middle: a
  ///   classifier that answers 1 up to rounding has nothing to explain.
  private init(unit: Double, largest: Int, present: [[Step]], absent: [[Int]]) {
    playerCount = present.count
    self.unit = unit
    self.present = present
    self.absent = absent
    bias = -0.3 * unit * Double(largest)
  }

  /// The game, without its Shapley values.
  public func game(_ name: String) -> ClosureGame {
    ClosureGame(name, playerCount: playerCount) { members in
      var state = 0
      var sum = 0
      for player in 0..<playerCount {
        if members[player] {
          let step = present[player][state]
          state = step.state
          sum += step.score
        } else {
          state = absent[player][state]
        }
      }
      return output(sum)
    }
  }

  private func output(_ sum: Int) -> Double { sigmoid(unit * Double(sum) + bias) }

  /// The exact Shapley values, up to rounding.
  ///
  /// φᵢ = ∫₀¹ (E[v | i present] − E[v | i absent]) dq, where all others are present independently
  /// with probability q (G. Owen, Management Science 18(5), 1972). The integrand is a polynomial
  /// below degree *n*, which ⌈*n*/2⌉ nodes integrate exactly. For each node the expectations come
  /// from the distribution of state and sum before a player and the expected output after it.
  ///
  /// - Complexity: O(*n*² · states · range of the sum) arithmetic.
  public func shapleyValues() -> [Double] {
    var values = [Double](repeating: 0, count: playerCount)
    for node in gaussLegendre((playerCount + 1) / 2) {
      for (player, gain) in expectedGains(presence: node.position).enumerated() {
        values[player] += node.weight * gain
      }
    }
    return values
  }

  /// The sums that can come up, with the smallest first.
  private var sums: ClosedRange<Int> {
    var smallest = 0
    var largest = 0
    for steps in present {
      let scores: [Int] = steps.map(\.score)
      smallest += min(0, scores.min() ?? 0)
      largest += max(0, scores.max() ?? 0)
    }
    return smallest...largest
  }

  private func expectedGains(presence q: Double) -> [Double] {
    let sums = sums
    let states = present.first?.count ?? 1
    let zeros = [Double](repeating: 0, count: sums.count)
    // expected[player][state][sum]: the output to come when the players before are read.
    var expected = [Array(repeating: sums.map(output), count: states)]
    for player in (0..<playerCount).reversed() {
      let after = expected[expected.count - 1]
      expected.append(
        (0..<states).map { state in
          let step = present[player][state]
          let without = after[absent[player][state]]
          let with = after[step.state]
          var values = zeros
          for sum in values.indices {
            // Sums that cannot come up here need no value.
            let moved = sum + step.score
            let expectation = with.indices.contains(moved) ? with[moved] : 0
            values[sum] = (1 - q) * without[sum] + q * expectation
          }
          return values
        })
    }
    expected.reverse()

    var gains: [Double] = []
    var reached = Array(repeating: zeros, count: states)
    reached[0][-sums.lowerBound] = 1
    for player in 0..<playerCount {
      let after = expected[player + 1]
      var next = Array(repeating: zeros, count: states)
      var gain = 0.0
      for state in 0..<states {
        let step = present[player][state]
        let other = absent[player][state]
        for (sum, probability) in reached[state].enumerated() where probability > 0 {
          let moved = sum + step.score
          gain += probability * (after[step.state][moved] - after[other][sum])
          next[step.state][moved] += q * probability
          next[other][sum] += (1 - q) * probability
        }
      }
      gains.append(gain)
      reached = next
    }
    return gains
  }
}
