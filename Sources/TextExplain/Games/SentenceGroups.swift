import Attribution

/// A text's players in groups by sentence, for Owen values.
package enum SentenceGroups {
  /// The most groups.
  ///
  /// Where a text has more sentences, neighbours are merged into that many segments of about as many
  /// players each, so that the game between them stays small.
  package static let maximumCount = 60

  /// The groups of players of which each is given the sentence that it (or its first occurrence)
  /// stands in.
  ///
  /// A sentence comes into the segment in which its middle lies when all players are cut into
  /// ``maximumCount`` equal runs.
  ///
  /// - Precondition: `sentences` ascends.
  package static func groups(sentences: [Int]) -> PlayerGroups {
    var runs: [Range<Int>] = []
    for (player, sentence) in sentences.enumerated() {
      if player > 0, sentences[player - 1] == sentence, let last = runs.popLast() {
        runs.append(last.lowerBound..<player + 1)
      } else {
        runs.append(player..<player + 1)
      }
    }
    guard runs.count > maximumCount else { return PlayerGroups(runs.map { Array($0) }) }
    var segments: [[Int]] = []
    var current: Int?
    for run in runs {
      let segment = (run.lowerBound + run.upperBound) * maximumCount / (2 * sentences.count)
      if segment == current {
        segments[segments.count - 1] += run
      } else {
        segments.append(Array(run))
        current = segment
      }
    }
    return PlayerGroups(segments)
  }
}
