/// Comprehensiveness and sufficiency at shares of the ranking: what the value loses without its top
/// players, and what it loses with them alone.
///
/// J. DeYoung and others: "ERASER: a benchmark to evaluate rationalized NLP models", ACL 2020,
/// section 4.2.
public struct Erasure: Sendable, Equatable {
  /// The shares of the players, in percent.
  public static let percents = [1, 5, 10, 20, 50]

  /// One share.
  public struct Bin: Sendable, Equatable {
    /// The share in percent.
    public let percent: Int
    /// The number of players k that it makes, rounded up.
    public let players: Int
    /// v(N) − v(N∖top k).
    public let comprehensiveness: Double
    /// v(N) − v(top k).
    public let sufficiency: Double
  }

  /// The shares, of those that make equally many players only the smallest; none without players.
  public let bins: [Bin]

  /// Reads the values off `curves`.
  public init(_ curves: RankingCurves) {
    let n = curves.playerCount
    var bins: [Bin] = []
    for percent in Self.percents where n > 0 {
      let k = (percent * n + 99) / 100
      if bins.last?.players == k { continue }
      bins.append(
        Bin(
          percent: percent, players: k,
          comprehensiveness: curves.deletion[0] - curves.deletion[k],
          sufficiency: curves.deletion[0] - curves.insertion[k]))
    }
    self.bins = bins
  }

  /// The mean comprehensiveness of the bins; `nil` without players.
  ///
  /// Unlike in ERASER's equation 4, the empty bin, which is 0 for every ranking, is not counted.
  public var comprehensiveness: Double? { mean(\.comprehensiveness) }

  /// The mean sufficiency of the bins, likewise.
  public var sufficiency: Double? { mean(\.sufficiency) }

  private func mean(_ value: (Bin) -> Double) -> Double? {
    bins.isEmpty ? nil : bins.reduce(0) { $0 + value($1) } / Double(bins.count)
  }
}
