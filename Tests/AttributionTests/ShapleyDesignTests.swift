import Attribution
import Testing

@Suite("PairDesign") struct ShapleyDesignTests {
  private func binomial(_ n: Int, _ k: Int) -> Int {
    (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) }
  }

  private func size(of coalition: UInt64, _ n: Int) -> Int {
    min(coalition.nonzeroBitCount, n - coalition.nonzeroBitCount)
  }

  @Test("as many pairs as asked for, all different", arguments: [2, 3, 4, 7, 8, 12, 40])
  func counts(n: Int) {
    let all = n < 20 ? 1 << (n - 1) - 1 : 1 << 60
    for wanted in [n, n + 1, 2 * n, 5 * n, 11 * n, all - 1, all, all + 1]
    where wanted > 0 && wanted < 100_000 {
      for extremesFirst in [false, true] where !extremesFirst || wanted >= n {
        var generator = SplitMix64(seed: UInt64(wanted))
        let design = PairDesign(
          playerCount: n, pairCount: wanted, extremesFirst: extremesFirst, generator: &generator)
        let grand = UInt64.max >> UInt64(64 - n)
        let pairs = Set(design.coalitions.words.map { min($0, grand ^ $0) })
        #expect(design.coalitions.count == min(wanted, all))
        #expect(pairs.count == min(wanted, all) && !pairs.contains(0))
        #expect(design.weights.count == pairs.count && design.inclusion.count == pairs.count)
        #expect(design.isComplete == (wanted >= all))
        #expect(design.tellsError == (wanted < all && !extremesFirst))
        if extremesFirst {
          #expect(pairs.count { size(of: $0, n) == 1 } == (n == 2 ? 1 : n))
        }
      }
    }
  }

  @Test("pairs come as often as stated, and weigh on average what the regression gives them")
  func inclusion() {
    let runs = 4000
    for n in [7, 8] {
      for wanted in [9, 20, 50] {
        var seen: [UInt64: Int] = [:]
        var stated: [UInt64: Double] = [:]
        var weights: [UInt64: Double] = [:]
        for seed in 0..<runs {
          var generator = SplitMix64(seed: UInt64(seed))
          let design = PairDesign(
            playerCount: n, pairCount: wanted, extremesFirst: false, generator: &generator)
          for (index, pair) in design.coalitions.words.enumerated() {
            seen[pair, default: 0] += 1
            stated[pair] = design.inclusion[index]
            weights[pair] = design.weights[index]
          }
        }
        #expect(seen.count == 1 << (n - 1) - 1)
        for pair in seen.keys {
          let probability = stated[pair] ?? 0
          let share = Double(seen[pair] ?? 0) / Double(runs)
          let deviation = (probability * (1 - probability) / Double(runs)).squareRoot()
          #expect(abs(share - probability) <= 4.5 * deviation, "n = \(n), \(wanted), \(pair)")
          // Half of 1/(s (n − s)) over the half of the coalitions of size n/2 that stand for their
          // pairs.
          let s = size(of: pair, n)
          let kernel = 1 / Double(s * (n - s) * binomial(n, s))
          #expect(abs((weights[pair] ?? 0) * probability - kernel) < 1e-12)
        }
      }
    }
  }
}
