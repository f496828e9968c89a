import Attribution

/// How long estimators take for 60 words and 1,200 evaluations, the model left out.
struct EstimatorTime {
  static let playerCount = 60
  static let budget = 1200

  /// Milliseconds by estimator, ours first; nil where a peer gives no answer.
  let milliseconds: [(name: String, value: Double?)]

  init(estimators: [OwnEstimator], peers: Peers?) throws {
    let make: @Sendable () -> any Game = {
      var generator = SplitMix64(seed: 60)
      return GameFamily.maskedNGram.randomGame(
        playerCount: Self.playerCount, using: &generator
      ).game
    }
    var milliseconds = try estimators.map { estimator in
      let run = estimator.make(Self.budget, 1)
      let recorded = Recording(make())
      _ = try run.values(of: recorded)
      var best = Double.infinity
      let begin = ContinuousClock.now
      for repetition in 0..<10 where repetition < 2 || ContinuousClock.now - begin < .seconds(4) {
        recorded.rewind()
        let start = ContinuousClock.now
        _ = try run.values(of: recorded)
        best = min(best, (ContinuousClock.now - start) / .milliseconds(1))
      }
      return (name: estimator.name, value: Optional(best))
    }
    if let peers {
      let fingerprint = try BenchmarkGame.fingerprint(of: make())
      let runs = peers.shapleyNames.flatMap { peer in
        (1...3).map { Peers.Run(peer: peer, budget: Self.budget, seed: $0) }
      }
      let answers = try peers.answers(
        to: [Peers.Job(fingerprint: fingerprint, make: make, runs: runs)])
      for peer in peers.shapleyNames {
        let seconds = runs.filter { $0.peer == peer }
          .compactMap { answers(fingerprint, $0)?.seconds }
        milliseconds.append((peer, seconds.min().map { $0 * 1000 }))
      }
    }
    self.milliseconds = milliseconds
  }

  /// A game that is asked once and then repeats its answers, whatever it is asked.
  private final class Recording: Game {
    let playerCount: Int
    let outputCount: Int
    private let game: any Game
    private var answers: [[Double]] = []
    private var next = 0

    init(_ game: any Game) {
      self.game = game
      playerCount = game.playerCount
      outputCount = game.outputCount
    }

    func rewind() { next = 0 }

    func values(of coalitions: Coalitions) throws -> [Double] {
      if next == answers.count { answers.append(try game.values(of: coalitions)) }
      defer { next += 1 }
      return answers[next]
    }
  }
}
