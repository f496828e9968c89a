import Attribution

/// Exact Shapley values without the model.
enum ShapleyBenchmark {
  static func run(peers: Peers) throws {
    let game = TabulatedGame(playerCount: 16)
    let ours = try best(of: 9) { _ = try ExactShapley().values(of: game) } * 1e3
    var table = Table(
      title: "Exact Shapley values of 16 players in ms (65,536 values given)",
      columns: ["textexplain", "shap", "shap / textexplain"])
    table.rows.append(
      [ours, peers.shapExactMilliseconds, peers.shapExactMilliseconds / ours].map(short))
    table.print()
  }

  /// A game whose values lie in a table by coalition.
  private final class TabulatedGame: Game {
    let playerCount: Int
    let outputCount = 1
    private let values: [Double]

    init(playerCount: Int) {
      self.playerCount = playerCount
      var generator = SplitMix64(seed: 1)
      values = (0..<1 << playerCount).map { _ in generator.unit() }
    }

    func values(of coalitions: Coalitions) -> [Double] {
      coalitions.words.map { values[Int($0)] }
    }
  }
}
