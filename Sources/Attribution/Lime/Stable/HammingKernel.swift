import Glibc

/// A covariance of two coalitions that depends on nothing but the number of players in which they
/// differ.
///
/// With p = Σᵢ zᵢ z′ᵢ = *n* − 2*h* for the signs z of coalitions at the distance *h*, it is a sum of
/// a constant, p/*n* (games without interactions), (p² − *n*)/(*n*(*n* − 1)) (those of pairs) and
/// exp(−2*h*/*n*) and exp(−8*h*/*n*) (all orders, the higher ones the rarer).
struct HammingKernel: Sendable {
  /// How much of each part there is, and of noise.
  struct Parts: Sendable {
    let constant: Double
    let linear: Double
    let pair: Double
    let smooth: Double
    let rough: Double
    let noise: Double
  }

  /// Shapes from which a game's own values choose, from smooth to rough and from sure to noisy.
  static let candidates: [Parts] = [1e-5, 1e-2].flatMap { noise in
    [(1.0, 1.0, 0.1), (0.1, 0.1, 1.0), (1.0, 0.01, 0.001)].map { pair, smooth, rough in
      Parts(
        constant: 100, linear: 10, pair: pair, smooth: smooth, rough: rough, noise: noise)
    }
  }

  /// The covariance at the distance *h* at position *h*, from 0 to *n*.
  let values: [Double]
  /// What is added for a coalition and itself.
  let noise: Double

  /// The kernel for *n* ≥ 2 players.
  init(_ parts: Parts, playerCount: Int) {
    let n = Double(playerCount)
    values = (0...playerCount).map { distance in
      let share = Double(distance) / n
      let p = n - 2 * Double(distance)
      return parts.constant + parts.linear * p / n + parts.pair * (p * p - n) / (n * (n - 1))
        + parts.smooth * exp(-2 * share) + parts.rough * exp(-8 * share)
    }
    noise = parts.noise
  }
}
