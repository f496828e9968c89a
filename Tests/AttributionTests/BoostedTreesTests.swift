import Attribution
import Testing
import _TestSupport

@Suite("Boosted trees") struct BoostedTreesTests {
  private func all(_ n: Int) -> Coalitions {
    var all = Coalitions(playerCount: n)
    for word in 0..<UInt64(1 << n) { all.append(CollectionOfOne(word)) }
    return all
  }

  /// The first pairs of a design with a game's values.
  private func pairs(
    _ count: Int, of game: any Game, seed: UInt64
  ) throws -> (coalitions: Coalitions, present: [Double], absent: [Double]) {
    var design = NestedPairDesign(playerCount: game.playerCount, seed: seed)
    design.extend(to: count)
    var complements = Coalitions(playerCount: game.playerCount)
    for index in design.coalitions.indices {
      complements.appendComplement(of: design.coalitions[index])
    }
    return (
      design.coalitions, try game.values(of: design.coalitions), try game.values(of: complements)
    )
  }

  @Test("a tree's Shapley values are those of the game that it is", arguments: [1, 3, 6, 9])
  func treeValues(n: Int) throws {
    var generator = SplitMix64(seed: UInt64(n))
    let coalitions = all(n)
    let values = coalitions.indices.map { _ in generator.unit() }
    var rows = coalitions.indices.map { Int32($0) }
    let tree = RegressionTree(coalitions: coalitions, values: values, rows: &rows)
    #expect(rows.sorted() == coalitions.indices.map { Int32($0) })
    let table = coalitions.indices.map { tree.value(coalitions[$0]) }
    var found = [Double](repeating: 0.25, count: n)
    tree.addShapleyValues(2, to: &found)
    let truth = try exactValues(of: TableGame(playerCount: n, table: table))
    #expect(largestDifference(found, truth.map { 0.25 + 2 * $0 }) < 1e-12)
  }

  @Test("a rule of two players in long coalitions is found", arguments: [64, 65, 200])
  func rule(n: Int) {
    var generator = SplitMix64(seed: 5)
    var coalitions = Coalitions(playerCount: n)
    for _ in 0..<400 {
      coalitions.append(Subsets(size: n / 2, playerCount: n).draw(using: &generator))
    }
    let (first, second) = (n - 1, n / 3)
    func truth(_ index: Int) -> Double {
      coalitions.contains(first, in: index) ? (coalitions.contains(second, in: index) ? 3 : -1) : 0
    }
    var rows = coalitions.indices.map { Int32($0) }
    let tree = RegressionTree(
      coalitions: coalitions, values: coalitions.indices.map(truth), rows: &rows)
    for index in coalitions.indices {
      // The ridge draws leaves of some hundred rows towards 0 by a hundredth.
      #expect(abs(tree.value(coalitions[index]) - truth(index)) < 0.05)
    }
  }

  @Test("trees that did not see pairs of a decision forest foretell most of them")
  func forest() throws {
    var generator = SplitMix64(seed: 3)
    let game = DecisionForest(playerCount: 14, trees: 6, depth: 4, using: &generator)
      .game("forest")
    let data = try pairs(16 * 14, of: game, seed: 1)
    let halves = zip(data.present, data.absent).map { ($0 - $1) / 2 }
    let trees = try #require(
      BoostedTrees(
        coalitions: data.coalitions, present: data.present, absent: data.absent, others: halves))
    func missed(_ predicted: [Double]) -> Double {
      let left = zip(halves, predicted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return left / halves.reduce(0) { $0 + $1 * $1 }
    }
    #expect(missed(trees.heldOut) < 0.5)
    #expect(missed(trees.fitted) < missed(trees.heldOut))
    // Beside a surrogate that misses hardly anything they are not worth their rounds.
    #expect(
      BoostedTrees(
        coalitions: data.coalitions, present: data.present, absent: data.absent,
        others: halves.map { 0.01 * $0 }) == nil)
    let truth = game.shapleyValues
    let off = zip(trees.values, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect(off < 0.2 * truth.reduce(0) { $0 + $1 * $1 })
  }

  @Test("noise, constants and few pairs grow no trees")
  func nothing() throws {
    let n = 14
    let noise = try pairs(200, of: TableGame(randomFor: n, seed: 8), seed: 1)
    #expect(
      BoostedTrees(
        coalitions: noise.coalitions, present: noise.present, absent: noise.absent,
        others: noise.present) == nil)
    let same = noise.present.map { _ in 0.3 }
    #expect(
      BoostedTrees(coalitions: noise.coalitions, present: same, absent: same, others: same) == nil)
    var few = NestedPairDesign(playerCount: n, seed: 1)
    few.extend(to: 10)
    let some = Array(noise.present.prefix(10))
    #expect(
      BoostedTrees(coalitions: few.coalitions, present: some, absent: some, others: some) == nil)
  }
}
