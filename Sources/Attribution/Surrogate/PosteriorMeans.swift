/// The posterior means of processes that were fitted to the same pairs, ready for many coalitions.
package struct PosteriorMeans {
  /// Coalitions that are worked out at once.
  private static let blockSize = 1024

  private let pairs: LearntPairs
  /// One row a process, a mean an output.
  private let means: [[PosteriorMean]]

  package init(of processes: [PairProcess]) {
    pairs = LearntPairs(processes.first?.coalitions ?? Coalitions(playerCount: 0))
    means = processes.map { process in
      (0..<process.outputCount).map { PosteriorMean(process, output: $0) }
    }
  }

  subscript(process: Int, output: Int) -> PosteriorMean { means[process][output] }

  /// The means at some coalitions: one row a process and output.
  ///
  /// - Complexity: O(*n*² + *P* *n*/8) operations a coalition and mean for *P* pairs.
  package func values(at coalitions: Coalitions) -> [[[Double]]] {
    let needsDistances = means.joined().contains(where: \.needsDistances)
    var values = means.map { $0.map { _ in [Double]() } }
    for start in stride(from: 0, to: coalitions.count, by: Self.blockSize) {
      let end = min(start + Self.blockSize, coalitions.count)
      let block = CoalitionBlock(
        coalitions.picked(start..<end), beside: pairs, withDistances: needsDistances)
      for (process, row) in means.enumerated() {
        for (output, mean) in row.enumerated() { values[process][output] += mean.values(at: block) }
      }
    }
    return values
  }
}
