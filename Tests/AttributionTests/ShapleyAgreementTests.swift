import Attribution
import Testing

@Suite("Agreement") struct ShapleyAgreementTests {
  /// τ-b by its definition, over all pairs.
  private func definition(_ x: [Double], _ y: [Double]) -> Double {
    var sums = (both: 0.0, x: 0.0, y: 0.0)
    for i in x.indices {
      for j in 0..<i {
        let a = x[i] > x[j] ? 1.0 : x[i] < x[j] ? -1 : 0
        let b = y[i] > y[j] ? 1.0 : y[i] < y[j] ? -1 : 0
        sums.both += a * b
        sums.x += a * a
        sums.y += b * b
      }
    }
    return sums.x * sums.y == 0 ? 0 : sums.both / (sums.x * sums.y).squareRoot()
  }

  @Test("τ-b is what its definition says, with and without ties")
  func tau() {
    var generator = SplitMix64(seed: 3)
    for n in 0...40 {
      for levels in [2, 5, 1000] {
        let x = (0..<n).map { _ in Double(generator.index(below: levels)) - 1 }
        let y = (0..<n).map { _ in Double(generator.index(below: levels)) }
        #expect(abs(RankAgreement.kendallTau(x, y) - definition(x, y)) < 1e-14)
        #expect(abs(RankAgreement.kendallTau(y, x) - definition(x, y)) < 1e-14)
      }
    }
  }

  @Test("worked numbers of τ-b")
  func worked() {
    #expect(RankAgreement.kendallTau([1, 2, 3, 4], [10, 20, 30, 40]) == 1)
    #expect(RankAgreement.kendallTau([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
    #expect(
      abs(RankAgreement.kendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) + 0.4714045207910316) < 1e-15
    )
    #expect(RankAgreement.kendallTau([], []) == 0)
    #expect(RankAgreement.kendallTau([1], [1]) == 0)
    #expect(RankAgreement.kendallTau([1, 1], [1, 2]) == 0)
    #expect(RankAgreement.kendallTau([0, -0.0], [0, 0]) == 0)
  }

  @Test("overlap of the largest magnitudes")
  func overlap() {
    #expect(RankAgreement.topOverlap([5, -4, 3, 0], [1, 9, 0, 8], count: 2) == 0.5)
    #expect(RankAgreement.topOverlap([5, -4, 3, 0], [-5, 4, 0, 0], count: 2) == 1)
    // Equal magnitudes: the earlier player first.
    #expect(RankAgreement.topOverlap([1, -1, 1], [0, 1, 0], count: 1) == 0)
    #expect(RankAgreement.topOverlap([1, -1, 1], [1, 0, 0], count: 1) == 1)
    #expect(RankAgreement.topOverlap([1, 2], [2, 1], count: 5) == 1)
    #expect(RankAgreement.topOverlap([], [], count: 5) == 1)
  }
}
