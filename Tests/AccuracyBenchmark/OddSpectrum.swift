import Attribution

/// How the odd part of a game, on which alone its Shapley values depend, is spread over interactions.
///
/// In the basis of the products of ±1 of an odd number of players (Walsh functions), all coalitions counted alike.
struct OddSpectrum: Sendable {
  let family: GameFamily
  let playerCount: Int
  /// The share of the variance that single players have.
  let additiveShare: Double
  /// The fewest interactions of 3, 5, … players that hold four fifths of the rest.
  let interactionCount: Int

  /// The most players of which all coalitions are asked for.
  static let mostPlayers = 16

  init(of game: GameCase) throws {
    let made = try game.game.make().game
    let n = made.playerCount
    family = game.game.family
    playerCount = n
    var all = Coalitions(playerCount: n)
    for coalition in 0..<(1 << n) { all.append(CollectionOfOne(UInt64(coalition))) }
    let values = try made.values(of: all)
    var coefficients = stride(from: 0, to: values.count, by: made.outputCount).map { values[$0] }
    for player in 0..<n {
      let half = 1 << player
      for low in coefficients.indices where low & half == 0 {
        let (absent, present) = (coefficients[low], coefficients[low + half])
        coefficients[low] = (absent + present) / 2
        coefficients[low + half] = (present - absent) / 2
      }
    }
    let single = (0..<n).map { coefficients[1 << $0] * coefficients[1 << $0] }.reduce(0, +)
    let others = coefficients.indices
      .filter { $0.nonzeroBitCount % 2 == 1 && $0.nonzeroBitCount > 1 }
      .map { coefficients[$0] * coefficients[$0] }.sorted(by: >)
    // What is less is rounding.
    let sum = others.reduce(0, +)
    let rest = sum > 1e-24 * (single + sum) ? sum : 0
    additiveShare = single + rest > 0 ? single / (single + rest) : 1
    var held = 0.0
    var count = 0
    while count < others.count, held < 0.8 * rest {
      held += others[count]
      count += 1
    }
    interactionCount = count
  }
}

extension Report {
  /// What there is to learn about each kind of games, beside how many pairs there are to learn it from.
  var spectrumTable: String {
    guard !spectra.isEmpty else { return "" }
    let multiples = [4, 16, 50]
    var table = MarkdownTable(
      columns: ["", "additive", "interactions"] + multiples.map { "pairs at \($0)n" })
    for family in plan.families {
      let games = spectra.filter { $0.family == family }
      guard !games.isEmpty else { continue }
      func median(_ value: (OddSpectrum) -> Double) -> Double { Summary(games.map(value)).median }
      table.rows.append(
        [
          family.title, "\((1000 * median(\.additiveShare)).rounded() / 10) %",
          brief(median { Double($0.interactionCount) }),
        ]
          + multiples.map { multiple in
            brief(median { Double(min(multiple * $0.playerCount / 2, 1 << ($0.playerCount - 1))) })
          })
    }
    return """
      ## What there is to learn

      Shapley values depend on the odd part of a game alone, v(S) − v(N∖S). In products of ±1 for each word that is present or
      absent, this is what single words do, and interactions of 3, 5, … of them. A paired regression knows nothing of
      interactions, and its error is in proportion to their variance over the number of pairs: to have a fifth of it, a
      surrogate has to foretell four fifths of that variance from the same pairs. The table tells how much of the odd part's
      variance single words have (all coalitions counted alike), how many interactions hold four fifths of the rest at least,
      and how many pairs some budgets are: the medians over games of \(SizeClass.small.title). Where few interactions
      hold it, as in n-grams, they can be found. Where there are more of them than pairs, a surrogate goes by what it takes
      to be likely, that interactions fade with their order or come of a link, and gains less on the peers.

      \(table.text)
      """
  }
}
