import Glibc

/// Looks for a structure from which Shapley values follow, at no cost where there is none.
///
/// A structure is checked on fresh coalitions only if what was fitted to smaller ones foretells v(N).
struct StructureSearch {
  /// How many pairs of fresh coalitions check a structure.
  static let freshPairs = 30
  /// The most coalitions of two players, for each player, that check an additive structure besides.
  private static let twosPerPlayer = 4
  private static let twosAtOnce = 16
  /// Games of fewer players are sooner enumerated.
  static let fewestPlayers = 7
  private let tolerance: Double
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
  /// That of a link is to be confirmed by further evaluations.
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
      let ends = tolerance(in: ledger)
      guard models.allSatisfy(\.isFinite),
        zip(models, base).enumerated().allSatisfy({ output, pair in
          ends.agrees(pair.0.grandValue, pair.1.grand, of: output)
        }), ledger.left >= ledger.missing(of: fresh) + n, try ledger.evaluate(fresh)
      else { continue }
      // What refuted another link may refute this one.
      guard hold(models, for: ledger.coalitions, in: ledger),
        let batches = twos(of: base, singles, in: ledger, reserve: n)
      else { continue }
      var checked = fresh.count
      var isSame = true
      for batch in batches where isSame {
        isSame = try ledger.evaluate(batch) && hold(models, for: batch, in: ledger)
        checked += batch.count
      }
      guard isSame else { continue }
      guard let link else {
        return finding(
          .additive, values: models.map(\.weights), errors: nil, checked: checked, ledger)
      }
      let found = try models.map { try $0.shapleyValues(seed: seed) }
      var finding = finding(
        .linked(link), values: found.map(\.values), errors: found.map(\.standardErrors),
        checked: checked, ledger)
      finding.models = models
      return finding
    }
    return nil
  }

  /// What a link's structure is worth after further evaluations, or nil where they refute it.
  ///
  /// Standard errors are not smaller than what coalitions that were not evaluated may hide. Those of single players, which
  /// the structure was fitted to, do not count, nor do those that were asked for because of them.
  func confirmed(_ finding: Finding, in ledger: EvaluationLedger) -> Finding? {
    guard hold(finding.models, for: ledger.coalitions, in: ledger) else { return nil }
    var confirmed = finding
    let checked = ledger.count - fresh.playerCount - 2
    let picked = finding.certificate.freshCoalitions - fresh.count
    confirmed.certificate.freshCoalitions = checked
    confirmed.unseenShare = unseenShare(of: checked - picked)
    confirmed.standardErrors = finding.standardErrors.map { errors in
      zip(finding.values, errors).map { values, errors in
        let least = confirmed.unseenShare * values.spread
        return errors.map { max($0, least) }
      }
    }
    return confirmed
  }

  private func hold(
    _ models: [LinkedSum], for all: Coalitions, in ledger: EvaluationLedger
  ) -> Bool {
    let values = ledger.columns(of: all)
    let tolerance = tolerance(in: ledger)
    return models.enumerated().allSatisfy { output, model in
      all.indices.allSatisfy {
        tolerance.agrees(model.value(all, $0), values[output][$0], of: output)
      }
    }
  }

  /// Players that change the value by themselves, each together with one other, where they are few: in batches, since one
  /// that does not agree is enough.
  ///
  /// A rule that needs words to stand close together is silent in most coalitions of a long text, and speaks where its
  /// words are the only ones. Empty where there are more than four a player, or they are not few; nil, so that nothing is certified, where the
  /// budget does not hold them and a reserve.
  private func twos(
    of base: [(empty: Double, grand: Double)], _ singles: [[Double]], in ledger: EvaluationLedger,
    reserve: Int, withComplements: Bool = false
  ) -> [Coalitions]? {
    let n = fresh.playerCount
    let tolerance = tolerance(in: ledger)
    let isStrong = (0..<n).map { player in
      base.indices.contains { output in
        !tolerance.agrees(singles[output][player], base[output].empty, of: output)
      }
    }
    let strong = isStrong.count { $0 }
    let count = strong * (n - 1) - strong * (strong - 1) / 2
    guard 2 * strong <= n, count <= Self.twosPerPlayer * n else { return [] }
    var left = ledger.left - reserve
    var batches: [Coalitions] = []
    for first in 0..<n {
      for second in (first + 1)..<n where isStrong[first] || isStrong[second] {
        var two = Coalitions(playerCount: n)
        two.append(of: [first, second])
        var asked = two
        if withComplements { asked.appendComplement(of: two[0]) }
        left -= ledger.missing(of: asked)
        guard left >= 0 else { return nil }
        if batches.last.map({ $0.count == Self.twosAtOnce }) ?? true {
          batches.append(Coalitions(playerCount: n))
        }
        batches[batches.count - 1].append(two[0])
      }
    }
    return batches
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
    func holds(for pairs: Coalitions, _ ledger: EvaluationLedger) -> Bool {
      let members = ledger.columns(of: pairs)
      let others = ledger.columns(of: pairs.complements)
      let tolerance = tolerance(in: ledger)
      return base.indices.allSatisfy { output in
        pairs.indices.allSatisfy { pair in
          let sum = (0..<n).reduce(0.0) {
            $0 + (pairs.contains($1, in: pair) ? values[output][$1] : -values[output][$1])
          }
          return tolerance.agrees(sum, members[output][pair] - others[output][pair], of: output)
        }
      }
    }
    var grand = Coalitions(playerCount: n)
    grand.appendGrand()
    guard holds(for: grand, ledger), try ledger.evaluate(fresh),
      holds(for: fresh.prefix(Self.freshPairs), ledger),
      let batches = twos(of: base, present, in: ledger, reserve: 0, withComplements: true)
    else { return nil }
    var checked = fresh.count
    for batch in batches {
      guard try ledger.evaluate(batch), try ledger.evaluate(batch.complements),
        holds(for: batch, ledger)
      else { return nil }
      checked += 2 * batch.count
    }
    return finding(.pairwise, values: values, errors: nil, checked: checked, ledger)
  }

  /// The fresh pairs that were evaluated, one coalition of each.
  func evaluatedPairs(in ledger: EvaluationLedger) -> Coalitions {
    ledger.missing(of: fresh) == 0
      ? fresh.prefix(fresh.count / 2) : Coalitions(playerCount: fresh.playerCount)
  }

  private func ends(in ledger: EvaluationLedger) -> [(empty: Double, grand: Double)] {
    ledger.columns(of: .ends(playerCount: fresh.playerCount)).map { ($0[0], $0[1]) }
  }

  /// Which values are the same, as far as is known.
  func tolerance(in ledger: EvaluationLedger) -> ValueTolerance {
    ValueTolerance(tolerance, for: ledger)
  }

  /// What was found, with values that add up exactly.
  private func finding(
    _ structure: StructureCertificate.Structure, values: [[Double]], errors: [[Double]]?,
    checked: Int, _ ledger: EvaluationLedger
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
        * (tolerance(in: ledger).allowance(of: output) + share
          * (range.upperBound - range.lowerBound))
    }
    let exact = zip(values, ends(in: ledger)).map { values, ends in
      let gap = ends.grand - ends.empty - pairwiseSum(values)
      return values.map { $0 + gap / Double(n) }
    }
    return Finding(
      values: exact, standardErrors: errors,
      certificate: StructureCertificate(
        structure: structure, freshCoalitions: checked, bound: bound.max() ?? 0),
      freshPairs: fresh.prefix(Self.freshPairs))
  }

  /// Shapley values that follow from a structure.
  struct Finding {
    let values: [[Double]]
    /// nil where they are exact; of a link those of simulation, until it is confirmed.
    var standardErrors: [[Double]]?
    var certificate: StructureCertificate
    /// One coalition of each fresh pair.
    let freshPairs: Coalitions
    /// Of a link, the sums behind it, one an output.
    var models: [LinkedSum] = []
    /// Where it is confirmed, what coalitions that would refute it may add to a value: a standard error, in parts of the
    /// spread of the values.
    var unseenShare = 0.0
  }
}
