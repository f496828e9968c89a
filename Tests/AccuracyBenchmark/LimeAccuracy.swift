import Attribution
import Classification

/// How near LIME comes to its own limit, and how stable its strongest words are.
struct LimeAccuracy {
  static let samples = 1000
  static let longSamples = 5000
  static let wordCounts = [100, 200, 500]
  static let top = 5
  /// How much weaker the strongest of the other words is, in parts.
  static let gaps = 0.05...0.12
  private static let gapSamples = 20_000

  struct Row {
    let name: String
    /// Relative squared errors against the limit at ``samples``, over all games and seeds.
    let errors: [Double]
    /// For each of ``wordCounts`` the mean Jaccard index of the sets of strongest words of two seeds.
    let stability: [Double]
  }

  let rows: [Row]

  /// - Parameter games: The small ones; those of more than 14 players are left out.
  init(games: [GameCase], seeds: Int, peers: Peers?, threads: Int) throws {
    let games = games.filter { $0.playerCount <= 14 }
    let limits = try parallelMap(games, threads: threads) {
      try LimeLimit.coefficients(of: $0.game.make().game)
    }
    let texts = try Self.wordCounts.map(Self.text(words:))
    var rows = try OwnLime.all.map { lime in
      Row(
        name: lime.name,
        errors: try zip(games, limits).flatMap { game, limit in
          let made = try game.game.make().game
          return try (1...max(3, seeds)).map { seed in
            error(try lime.coefficients(made, Self.samples, UInt64(seed)), limit)
          }
        },
        stability: try parallelMap(texts, threads: threads) { text in
          let game = try SentimentGame(text)
          return Self.stability(
            try (1...5).map { try lime.coefficients(game, Self.longSamples, UInt64($0)) })
        })
    }
    if let peers { rows.append(try Self.row(of: peers, games, limits, texts, seeds: seeds)) }
    self.rows = rows
  }

  private static func row(
    of peers: Peers, _ games: [GameCase], _ limits: [[Double]], _ texts: [String], seeds: Int
  ) throws -> Row {
    func runs(_ samples: Int, _ count: Int) -> [Peers.Run] {
      (1...count).map { Peers.Run(peer: "lime", budget: samples, seed: $0) }
    }
    let short = runs(samples, max(3, seeds))
    let long = runs(longSamples, 5)
    let fingerprints = try texts.map { try BenchmarkGame.fingerprint(of: SentimentGame($0)) }
    let answers = try peers.answers(
      to: games.map { game in
        Peers.Job(
          fingerprint: game.fingerprint, make: { try game.game.make().game }, runs: short)
      }
        + zip(texts, fingerprints).map { text, fingerprint in
          Peers.Job(fingerprint: fingerprint, make: { try SentimentGame(text) }, runs: long)
        })
    return Row(
      name: "Python lime",
      errors: zip(games, limits).flatMap { game, limit in
        short.compactMap { answers(game.fingerprint, $0)?.values.map { error($0, limit) } }
      },
      stability: fingerprints.map { fingerprint in
        stability(long.compactMap { answers(fingerprint, $0)?.values })
      })
  }

  /// The first text of so many words in which the next word is weaker than the last of the strongest
  /// ones by a part within ``gaps``: else nobody can tell them, or everybody.
  private static func text(words: Int) throws -> String {
    let texts = try OpinionTexts()
    for start in stride(from: 0, through: texts.lastStart(words: words), by: 25) {
      let text = try texts.text(words: words, from: start)
      let lime = try StableLime(LimeOptions(samples: gapSamples, seed: 0), tolerance: 0)
      let sizes = try lime.fit(SentimentGame(text)).surrogates[0].coefficients.map(abs)
        .sorted(by: >)
      if gaps ~= 1 - sizes[top] / sizes[top - 1] { return text }
    }
    throw BenchmarkError("no text of \(words) words has \(top) that are clearly the strongest")
  }

  /// The mean over pairs of seeds of |A ∩ B| / |A ∪ B| for the sets of strongest words.
  private static func stability(_ runs: [[Double]]) -> Double {
    let sets = runs.map { coefficients in
      Set(
        coefficients.indices.sorted {
          let (left, right) = (abs(coefficients[$0]), abs(coefficients[$1]))
          return left == right ? $0 < $1 : left > right
        }.prefix(top))
    }
    let indices = sets.indices.flatMap { first in
      sets.indices.filter { $0 > first }.map { second in
        Double(sets[first].intersection(sets[second]).count)
          / Double(sets[first].union(sets[second]).count)
      }
    }
    return indices.reduce(0, +) / Double(indices.count)
  }
}

private func error(_ coefficients: [Double], _ limit: [Double]) -> Double {
  squaredNorm(zip(coefficients, limit).map { $0 - $1 }) / squaredNorm(limit)
}
