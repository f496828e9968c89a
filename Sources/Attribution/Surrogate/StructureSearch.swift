import Glibc

/// Looks for a structure from which Shapley values follow, at no cost where there is none.
///
/// A structure is checked on fresh coalitions only if what was fitted to smaller ones foretells v(N).
struct StructureSearch {
  /// How many pairs of fresh coalitions check a structure.
  static let freshPairs = 30
  /// Games of fewer players are sooner enumerated.
  static let fewestPlayers = 7
  /// The most evaluations of a linked model, whose own Shapley values are found by sampling.
  private static let simulations = 200_000
  /// The most of them times *n*², which is what they cost.
  private static let simulationOperations = 5_000_000_000

  /// What differs by less than this part of the range of values, or by rounding, is the same.
  private static let relativeTolerance = 1e-9
  private static let rounding = 1e-14
  /// Where more than this part of the range counts as the same, a check would tell nothing.
  private static let largestTolerance = 1e-3

  /// Values closer than this are the same.
  let tolerance: Double
  let seed: UInt64
  private let fresh: Coalitions

  init(playerCount n: Int, tolerance: Double, seed: UInt64) {
    self.tolerance = tolerance
    self.seed = seed
    var generator = SplitMix64(seed: seed)
    fresh = Self.draw(playerCount: n, using: &generator)
  }

  /// Different pairs, one coalition of each and then the others.
  ///
  /// Half of them come by the law of the Shapley kernel, sizes in proportion to 1/(s(n − s)), but for those of single
  /// players, which a structure is fitted to. The others are of half the players, among which a set of words has it in
  /// every way to be present and absent: rules of a few words show there.
  private static func draw(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> Coalitions {
    guard n >= fewestPlayers else { return Coalitions(playerCount: n) }
    let weights = (2...n - 2).map { 1 / (Double($0) * Double(n - $0)) }
    let total = weights.reduce(0, +)
    var members = Coalitions(playerCount: n)
    var seen = Set<[UInt64]>()
    while members.count < freshPairs {
      var size = n / 2
      if members.count % 2 == 0 {
        var left = generator.unit() * total
        size = 2
        while size < n - 2, left >= weights[size - 2] {
          left -= weights[size - 2]
          size += 1
        }
      }
      var pair = Coalitions(playerCount: n)
      pair.append(Subsets(size: size, playerCount: n).draw(using: &generator))
      pair.appendComplement(of: pair[0])
      guard seen.isDisjoint(with: [Array(pair[0]), Array(pair[1])]) else { continue }
      seen.insert(Array(pair[0]))
      members.append(pair[0])
    }
    var pairs = members
    for index in members.indices { pairs.appendComplement(of: members[index]) }
    return pairs
  }

  /// Additive structure, of the values or of a link of them, from ∅, N and the single players.
  ///
  /// Not looked for where the budget would not hold the coalitions of all but one player afterwards.
  func additive(in ledger: inout EvaluationLedger) throws -> Finding? {
    let n = fresh.playerCount
    let base = ends(in: ledger)
    let singles = ledger.columns(of: .singles(playerCount: n))
    for link in [nil] + Link.allCases.map(Optional.some) {
      let models = zip(base, singles).map { base, singles in
        LinkedSum(link: link, empty: base.empty, singles: singles)
      }
      guard models.allSatisfy(\.isFinite),
        zip(models, base).enumerated().allSatisfy({ output, pair in
          agrees(pair.0.grandValue, pair.1.grand, output, ledger)
        }), ledger.left >= ledger.missing(of: fresh) + n, try ledger.evaluate(fresh)
      else { continue }
      let values = ledger.columns(of: fresh)
      let holds = models.enumerated().allSatisfy { output, model in
        fresh.indices.allSatisfy {
          agrees(model.value(fresh, $0), values[output][$0], output, ledger)
        }
      }
      guard holds else { continue }
      guard let link else {
        return finding(.additive, values: models.map(\.weights), errors: nil, ledger)
      }
      let game = LinkedSumGame(models: models, playerCount: n)
      let found = try simulated(game, playerCount: n)
      return finding(
        .linked(link), values: found.values,
        errors: found.standardErrors ?? found.values.map { $0.map { _ in 0 } }, ledger)
    }
    return nil
  }

  /// An odd part that is linear, from ∅, N, the single players and all but one.
  func pairwise(in ledger: inout EvaluationLedger) throws -> Finding? {
    let n = fresh.playerCount
    let base = ends(in: ledger)
    let singles = Coalitions.singles(playerCount: n)
    let present = ledger.columns(of: singles)
    let absent = ledger.columns(of: singles.complements)
    let values = base.indices.map { output in
      (0..<n).map { player in
        (present[output][player] - base[output].empty + base[output].grand
          - absent[output][player]) / 2
      }
    }
    let foretold = base.indices.allSatisfy { output in
      agrees(values[output].reduce(0, +), base[output].grand - base[output].empty, output, ledger)
    }
    guard foretold, try ledger.evaluate(fresh) else { return nil }
    let pairs = Self.freshPairs
    let found = ledger.columns(of: fresh)
    let holds = base.indices.allSatisfy { output in
      (0..<pairs).allSatisfy { pair in
        let sum = (0..<n).reduce(0.0) {
          $0 + (fresh.contains($1, in: pair) ? values[output][$1] : -values[output][$1])
        }
        return agrees(sum, found[output][pair] - found[output][pairs + pair], output, ledger)
      }
    }
    return holds ? finding(.pairwise, values: values, errors: nil, ledger) : nil
  }

  /// The fresh pairs that were evaluated, one coalition of each.
  func evaluatedPairs(in ledger: EvaluationLedger) -> Coalitions {
    ledger.missing(of: fresh) == 0
      ? fresh.prefix(fresh.count / 2) : Coalitions(playerCount: fresh.playerCount)
  }

  private func simulated(_ game: LinkedSumGame, playerCount n: Int) throws -> ShapleyValues {
    let simulations = min(Self.simulations, Self.simulationOperations / (n * n))
    return n <= 16
      ? try ExactShapley().values(of: game)
      : try KernelShapley(budget: max(4 * n + 2, simulations), seed: seed).values(of: game)
  }

  private func ends(in ledger: EvaluationLedger) -> [(empty: Double, grand: Double)] {
    var ends = Coalitions(playerCount: fresh.playerCount)
    ends.appendEmpty()
    ends.appendGrand()
    return ledger.columns(of: ends).map { ($0[0], $0[1]) }
  }

  private func agrees(
    _ a: Double, _ b: Double, _ output: Int, _ ledger: EvaluationLedger
  ) -> Bool {
    let same = allowance(output, ledger)
    let range = ledger.range(of: output)
    let isTelling =
      range.lowerBound == range.upperBound
      || same <= Self.largestTolerance * (range.upperBound - range.lowerBound)
    return isTelling && abs(a - b) <= same
  }

  /// How far values of an output may be apart and count as the same.
  private func allowance(_ output: Int, _ ledger: EvaluationLedger) -> Double {
    let range = ledger.range(of: output)
    return max(
      tolerance, Self.relativeTolerance * (range.upperBound - range.lowerBound),
      Self.rounding * max(abs(range.lowerBound), abs(range.upperBound)))
  }

  /// What was found, with values that add up exactly.
  private func finding(
    _ structure: StructureCertificate.Structure, values: [[Double]], errors: [[Double]]?,
    _ ledger: EvaluationLedger
  ) -> Finding {
    let n = fresh.playerCount
    let harmonic = (1..<n).reduce(0.0) { $0 + 1 / Double($1) }
    // Only every other fresh pair comes by the law, and where the structure was not fitted to the coalitions of all
    // but one player, those were not checked either.
    let unchecked = structure == .pairwise ? 0 : Double(n) / (2 * Double(n - 1) * harmonic)
    let share = min(1, 2 * log(20) / Double(Self.freshPairs) + unchecked)
    let bound = values.indices.map { output in
      let range = ledger.range(of: output)
      return 2 * harmonic
        * (allowance(output, ledger) + share * (range.upperBound - range.lowerBound))
    }
    let exact = zip(values, ends(in: ledger)).map { values, ends in
      let gap = ends.grand - ends.empty - pairwiseSum(values)
      return values.map { $0 + gap / Double(n) }
    }
    return Finding(
      values: exact, standardErrors: errors,
      certificate: StructureCertificate(
        structure: structure, freshCoalitions: fresh.count, bound: bound.max() ?? 0),
      freshPairs: fresh.prefix(Self.freshPairs))
  }

  /// Shapley values that follow from a structure.
  struct Finding {
    let values: [[Double]]
    /// nil where they are exact.
    let standardErrors: [[Double]]?
    let certificate: StructureCertificate
    /// One coalition of each fresh pair.
    let freshPairs: Coalitions
  }
}

/// A value, or a link of it, that is a sum over the players present.
private struct LinkedSum {
  let link: Link?
  let base: Double
  let weights: [Double]

  init(link: Link?, empty: Double, singles: [Double]) {
    self.link = link
    let isLinkable = link == nil || ([empty] + singles).allSatisfy { $0 > 0 && $0 < 1 }
    let forward: (Double) -> Double = { isLinkable ? link?.forward($0) ?? $0 : .nan }
    let base = forward(empty)
    self.base = base
    weights = singles.map { forward($0) - base }
  }

  var isFinite: Bool { base.isFinite && weights.allSatisfy(\.isFinite) }

  var grandValue: Double { inverse(base + weights.reduce(0, +)) }

  func value(_ coalitions: Coalitions, _ index: Int) -> Double {
    var sum = base
    for player in weights.indices where coalitions.contains(player, in: index) {
      sum += weights[player]
    }
    return inverse(sum)
  }

  private func inverse(_ sum: Double) -> Double { link?.inverse(sum) ?? sum }
}

/// The game of such values.
private final class LinkedSumGame: Game {
  let playerCount: Int
  private let models: [LinkedSum]

  init(models: [LinkedSum], playerCount: Int) {
    self.models = models
    self.playerCount = playerCount
  }

  var outputCount: Int { models.count }

  func values(of coalitions: Coalitions) -> [Double] {
    coalitions.indices.flatMap { index in models.map { $0.value(coalitions, index) } }
  }
}
