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

  /// What differs by less than this part of the largest magnitude is the same.
  let tolerance: Double
  let seed: UInt64
  private let fresh: Coalitions

  init(playerCount n: Int, tolerance: Double, seed: UInt64) {
    self.tolerance = tolerance
    self.seed = seed
    var generator = SplitMix64(seed: seed)
    fresh = Self.draw(playerCount: n, using: &generator)
  }

  /// Pairs by the law of the Shapley kernel: sizes in proportion to 1/(s(n − s)), all coalitions of a size alike.
  private static func draw(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> Coalitions {
    let weights = (1..<n).map { 1 / (Double($0) * Double(n - $0)) }
    let total = weights.reduce(0, +)
    var members = Coalitions(playerCount: n)
    for _ in 0..<freshPairs {
      var left = generator.unit() * total
      var size = 1
      while size < n - 1, left >= weights[size - 1] {
        left -= weights[size - 1]
        size += 1
      }
      members.append(Subsets(size: size, playerCount: n).draw(using: &generator))
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
        }), ledger.left >= fresh.count + n, try ledger.evaluate(fresh)
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

  private func simulated(_ game: LinkedSumGame, playerCount n: Int) throws -> ShapleyValues {
    n <= 16
      ? try ExactShapley().values(of: game)
      : try KernelShapley(budget: max(4 * n + 2, Self.simulations), seed: seed).values(of: game)
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
    let range = ledger.range(of: output)
    return abs(a - b) <= tolerance * max(abs(range.lowerBound), abs(range.upperBound))
  }

  /// What was found, with values that add up exactly.
  private func finding(
    _ structure: StructureCertificate.Structure, values: [[Double]], errors: [[Double]]?,
    _ ledger: EvaluationLedger
  ) -> Finding {
    let n = fresh.playerCount
    let harmonic = (1..<n).reduce(0.0) { $0 + 1 / Double($1) }
    let share = log(20) / Double(Self.freshPairs)
    let bound = values.indices.map { output in
      let range = ledger.range(of: output)
      let magnitude = max(abs(range.lowerBound), abs(range.upperBound))
      return 2 * harmonic
        * (tolerance * magnitude + share * (range.upperBound - range.lowerBound))
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
