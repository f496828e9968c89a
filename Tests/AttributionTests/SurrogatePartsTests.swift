import Attribution
import Testing
import _TestSupport

@Suite("Parts of the surrogate") struct SurrogatePartsTests {
  private static let oddKernels: [PairKernel] = [
    .interactions(order: 1, weighted: false), .interactions(order: 1, weighted: true),
    .interactions(order: 3, weighted: false), .interactions(order: 3, weighted: true),
    .runs(length: 3), .decay(isOdd: true), .length, .neighbours(isOdd: true),
  ]
  private static let evenKernels: [PairKernel] = [
    .interactions(order: 0, weighted: false), .interactions(order: 2, weighted: false),
    .interactions(order: 2, weighted: true), .runs(length: 2), .decay(isOdd: false),
    .neighbours(isOdd: false),
  ]
  private static let weights: [Double] = [0.3, 1.7, 0.9, 1.1, 0.2, 2.1, 0.7]

  private func all(_ n: Int) -> Coalitions {
    var all = Coalitions(playerCount: n)
    for word in 0..<UInt64(1 << n) { all.append(CollectionOfOne(word)) }
    return all
  }

  /// The kernel between all coalitions.
  private func table(_ kernel: PairKernel, _ n: Int) -> [[Double]] {
    let weights = Array(Self.weights.prefix(n))
    let coalitions = all(n)
    let sum = KernelSum(
      [KernelFunction(kernel, playerCount: n, weights: weights)], variances: [1], playerCount: n)
    var differences = DifferenceRow(coalitions: coalitions, weights: weights, withNeighbours: true)
    return coalitions.indices.map { index in
      differences.compare(coalitions[index], with: coalitions, count: coalitions.count)
      var row = [Double](repeating: 0, count: coalitions.count)
      row.withUnsafeMutableBufferPointer { buffer in
        if let start = buffer.baseAddress {
          sum.fill(start, from: differences, count: coalitions.count)
        }
      }
      return row
    }
  }

  @Test("kernels are symmetric, 1 at equal coalitions, and odd or even", arguments: [5, 6, 7])
  func kernels(n: Int) {
    let last = (1 << n) - 1
    for (kernels, sign) in [(Self.oddKernels, -1.0), (Self.evenKernels, 1.0)] {
      for kernel in kernels {
        let k = table(kernel, n)
        for a in 0...last {
          if kernel != .length, kernel != .neighbours(isOdd: true),
            kernel != .neighbours(isOdd: false)
          {
            #expect(abs(k[a][a] - 1) < 1e-12, "\(kernel)")
          }
          for b in 0...last {
            #expect(abs(k[a][b] - k[b][a]) < 1e-12)
            #expect(abs(k[a][b] - sign * k[last ^ a][b]) < 1e-12, "\(kernel)")
          }
        }
      }
    }
  }

  @Test(
    "closed forms of Shapley values and of their variances equal enumeration", arguments: [4, 5, 7])
  func readOut(n: Int) throws {
    for kernel in Self.oddKernels {
      let k = table(kernel, n)
      let function = KernelFunction(
        kernel, playerCount: n, weights: Array(Self.weights.prefix(n)))
      var values: [[Double]] = []
      for coalition in 0..<1 << n {
        let signs = (0..<n).map { coalition >> $0 & 1 == 1 ? 1.0 : -1.0 }
        let truth = try exactValues(of: TableGame(playerCount: n, table: k[coalition]))
        let found = function.shapleyValues(at: signs)
        #expect(largestDifference(found, truth) < 1e-12, "\(kernel), \(coalition)")
        values.append(found)
      }
      // Var φᵢ is the Shapley value of z′ ↦ φᵢ(k(·, z′)).
      for player in 0..<n {
        let covariance = TableGame(playerCount: n, table: values.map { $0[player] })
        let variance = try exactValues(of: covariance)[player]
        #expect(abs(function.shapleyVariances[player] - variance) < 1e-12, "\(kernel)")
      }
    }
  }

  /// The players that are present in a coalition, or absent from it.
  private func members(
    _ coalitions: Coalitions, _ index: Int, where isMember: (Bool) -> Bool
  ) -> [Int] {
    (0..<coalitions.playerCount).filter { isMember(coalitions.contains($0, in: index)) }
  }

  @Test("differences of long coalitions are counted bit by bit", arguments: [7, 63, 64, 65, 130])
  func differences(n: Int) {
    var generator = SplitMix64(seed: UInt64(n))
    var coalitions = Coalitions(playerCount: n)
    for _ in 0..<20 {
      coalitions.append(Subsets(size: n / 2, playerCount: n).draw(using: &generator))
    }
    let weights = (0..<n).map { _ in generator.unit() }
    var row = DifferenceRow(coalitions: coalitions, weights: weights, withNeighbours: true)
    for a in 0..<20 {
      row.compare(coalitions[a], with: coalitions, count: 20)
      for b in 0..<20 {
        let x = (0..<n).map { coalitions.contains($0, in: a) != coalitions.contains($0, in: b) }
        #expect(row.counts[b].distance == Int32(x.count { $0 }))
        #expect(row.counts[b].oddPairs == Int32((1..<n).count { x[$0] != x[$0 - 1] }))
        let triples = (2..<n).count { (x[$0] != x[$0 - 1]) != x[$0 - 2] }
        #expect(row.counts[b].oddTriples == Int32(triples))
        let sum = (0..<n).reduce(0.0) { $0 + (x[$1] ? weights[$1] : 0) }
        #expect(abs(row.weights[b][0] - sum) < 1e-12)
        let sides = [true, false].map { side in members(coalitions, a) { $0 == side } }
        let others = [true, false].map { side in members(coalitions, b) { $0 == side } }
        func common(_ s: Int, _ t: Int) -> Double {
          let neighbours = Set(zip(sides[s], sides[s].dropFirst()).map { [$0, $1] })
          return Double(
            zip(others[t], others[t].dropFirst()).count { neighbours.contains([$0, $1]) })
        }
        let (alike, unlike) = (common(0, 0) + common(1, 1), common(0, 1) + common(1, 0))
        #expect(row.neighbours[b] == SIMD2(alike - unlike, alike + unlike))
      }
    }
  }

  @Test(
    "the design is nested, repeats no pair, and ends with all of them",
    arguments: [2, 3, 4, 7, 8, 11])
  func design(n: Int) {
    var long = NestedPairDesign(playerCount: n, seed: 3)
    long.extend(to: .max)
    #expect(long.isComplete && long.coalitions.count == (1 << (n - 1)) - 1)
    var seen = Set<UInt64>()
    let mask = UInt64(1 << n) - 1
    for index in long.coalitions.indices {
      let word = long.coalitions.words[index]
      #expect(seen.insert(min(word, mask ^ word)).inserted)
    }
    var short = NestedPairDesign(playerCount: n, seed: 3)
    for count in stride(from: 1, to: long.coalitions.count, by: 3) {
      short.extend(to: count)
      #expect(short.coalitions.words == Array(long.coalitions.words.prefix(count)))
    }
    #expect(PairSample(long.coalitions).inclusion.allSatisfy { $0 == 1 })
  }

  @Test("draws of many subsets repeat none either")
  func drawnDesign() {
    var design = NestedPairDesign(playerCount: 70, seed: 1)
    design.extend(to: 2000)
    #expect(Set(design.coalitions.indices.map { Array(design.coalitions[$0]) }).count == 2000)
    let sample = PairSample(design.coalitions)
    #expect(sample.inclusion.allSatisfy { 0 < $0 && $0 <= 1 } && sample.coversAllSizes)
  }

  @Test("links are odd about a half and undo themselves", arguments: Link.allCases)
  func link(link: Link) {
    for p in [1e-12, 0.01, 0.3, 0.5, 0.77, 0.999] {
      #expect(abs(link.inverse(link.forward(p)) - p) < 1e-12)
      #expect(abs(link.forward(p) + link.forward(1 - p)) < 1e-4 * max(1, abs(link.forward(p))))
    }
  }

  @Test("the minimum of a valley is found")
  func minimizer() {
    var evaluations = 0
    let found = Minimizer.minimum(from: [-1.2, 1], iterations: 200) { x in
      evaluations += 1
      let a = 1 - x[0]
      let b = x[1] - x[0] * x[0]
      return (1e4 * (a * a + 100 * b * b), [1e4 * (-2 * a - 400 * x[0] * b), 1e4 * 200 * b])
    }
    #expect(abs(found[0] - 1) < 1e-2 && abs(found[1] - 1) < 2e-2, "\(found)")
    #expect(evaluations < 400)
  }

  @Test("weights of predictions by their residuals")
  func stacking() {
    #expect(Stacking.weights([]) == [])
    #expect(Stacking.weights([[1, 2]]) == [1])
    // Opposite errors cancel.
    let cancel = Stacking.weights([[1, -1, 1], [-3, 3, -3]])
    #expect(abs(cancel[0] - 0.75) < 1e-9 && abs(cancel[1] - 0.25) < 1e-9)
    // A larger error in the same direction helps nothing.
    #expect(Stacking.weights([[1, 1], [2, 2], [5, 0.5]]).reduce(0, +) == 1)
    #expect(Stacking.weights([[1, 1], [2, 2]]) == [1, 0])
  }

  @Test("a process foretells held-out pairs as one without them does")
  func heldOut() throws {
    let n = 6
    var design = NestedPairDesign(playerCount: n, seed: 1)
    design.extend(to: 20)
    var generator = SplitMix64(seed: 4)
    let values = (0..<20).map { _ in generator.unit() - 0.5 }
    let process = try #require(
      PairProcess(
        coalitions: design.coalitions, values: [values], kernels: Self.oddKernels,
        weights: Array(Self.weights.prefix(n)), noiseShares: values.map { _ in 1 }, leading: 0))
    let means = PosteriorMean(process, output: 0).values(at: design.coalitions)
    for pair in 0..<20 {
      #expect(abs(values[pair] - means[pair] - process.residuals[0][pair]) < 1e-9)
      // Leaving a pair out makes its error larger.
      #expect(abs(process.heldOutResiduals[0][pair]) >= abs(process.residuals[0][pair]) - 1e-12)
    }
    let read = process.shapleyValues()
    let table = PosteriorMean(process, output: 0).values(at: all(n))
    let truth = try exactValues(of: TableGame(playerCount: n, table: table))
    #expect(largestDifference(read.values[0], truth) < 1e-10)
    #expect(read.deviations[0].allSatisfy { $0 > 0 })
  }
}
