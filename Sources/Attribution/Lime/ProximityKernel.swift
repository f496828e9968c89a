import Glibc

/// LIME's weight of a coalition by its cosine distance from the grand coalition, which depends on
/// its size alone.
package struct ProximityKernel: Sendable {
  /// The width σ, in the unit of the distance.
  package let width: Double

  /// Makes a kernel of positive, finite width.
  package init(width: Double) {
    self.width = width
  }

  /// The weights of coalitions of 0, 1, … `playerCount` players.
  ///
  /// The distance of *k* of *n* players is D = 100 (1 − √(*k*/*n*)), that of the empty coalition
  /// 100, and the weight is √exp(−D²/σ²).
  package func weights(playerCount: Int) -> [Double] {
    (0...playerCount).map { size in
      let cosine = (Double(size) / Double(playerCount)).squareRoot()
      let scaled = 100 * (1 - cosine) / width
      return exp(-scaled * scaled).squareRoot()
    }
  }
}
