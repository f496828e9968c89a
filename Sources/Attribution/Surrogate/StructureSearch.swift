import Glibc

/// Looks for a structure from which Shapley values follow, at no cost where there is none.
///
/// A structure is checked on fresh coalitions only if what was fitted to smaller ones foretells v(N).
struct StructureSearch {
  /// How many pairs of fresh coalitions check a structure.
  static let freshPairs = 30
  /// The most coalitions of two players, for each player, that check an additive structure besides.
  private static let twosPerPlayer = 4
  /// Games of fewer players are sooner enumerated.
  static let fewestPlayers = 7
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
      func holds(for coalitions: Coalitions, _ ledger: EvaluationLedger) -> Bool {
        let values = ledger.columns(of: coalitions)
        return models.enumerated().allSatisfy { output, model in
          coalitions.indices.allSatisfy {
            agrees(model.value(coalitions, $0), values[output][$0], output, ledger)
          }
        }
      }
      guard holds(for: fresh, ledger) else { continue }
      let twos = twos(of: base, singles, sides: 1, ledger)
      guard try ledger.evaluate(twos), holds(for: twos, ledger) else { continue }
      let checked = fresh.count + twos.count
      guard let link else {
        return finding(
          .additive, values: models.map(\.weights), errors: nil, checked: checked, ledger)
      }
      let found = try models.map { try $0.shapleyValues(seed: seed) }
      return finding(
        .linked(link), values: found.map(\.values), errors: found.map(\.standardErrors),
        checked: checked, ledger)
    }
    return nil
  }

  /// Players that change the value by themselves, each together with one other, where they are few.
  ///
  /// A rule that needs words to stand close together is silent in most coalitions of a long text, and speaks where its
  /// words are the only ones. All of them if there are at most four a player and the budget holds them besides the
  /// coalitions of all but one player, else none or what it holds, with their complements if `sides` is 2.
  private func twos(
    of base: [(empty: Double, grand: Double)], _ singles: [[Double]], sides: Int,
    _ ledger: EvaluationLedger
  ) -> Coalitions {
    let n = fresh.playerCount
    let isStrong = (0..<n).map { player in
      base.indices.contains { output in
        !agrees(singles[output][player], base[output].empty, output, ledger)
      }
    }
    let strong = isStrong.count { $0 }
    var twos = Coalitions(playerCount: n)
    guard strong * (n - 1) - strong * (strong - 1) / 2 <= Self.twosPerPlayer * n else { return twos }
    for first in 0..<n {
      for second in (first + 1)..<n where isStrong[first] || isStrong[second] {
        var words = [UInt64](repeating: 0, count: twos.wordsPerCoalition)
        for player in [first, second] { words[player >> 6] |= 1 << UInt64(player & 63) }
        twos.append(words)
      }
    }
    return twos.prefix(max(0, (ledger.left - n) / sides))
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
    func holds(for pairs: Coalitions, _ ledger: EvaluationLedger) -> Bool {
      let members = ledger.columns(of: pairs)
      let others = ledger.columns(of: pairs.complements)
      return base.indices.allSatisfy { output in
        pairs.indices.allSatisfy { pair in
          let sum = (0..<n).reduce(0.0) {
            $0 + (pairs.contains($1, in: pair) ? values[output][$1] : -values[output][$1])
          }
          return agrees(sum, members[output][pair] - others[output][pair], output, ledger)
        }
      }
    }
    guard foretold, try ledger.evaluate(fresh),
      holds(for: fresh.prefix(Self.freshPairs), ledger)
    else { return nil }
    let twos = twos(of: base, present, sides: 2, ledger)
    guard try ledger.evaluate(twos), try ledger.evaluate(twos.complements),
      holds(for: twos, ledger)
    else { return nil }
    return finding(
      .pairwise, values: values, errors: nil, checked: fresh.count + 2 * twos.count, ledger)
  }

  /// The fresh pairs that were evaluated, one coalition of each.
  func evaluatedPairs(in ledger: EvaluationLedger) -> Coalitions {
    ledger.missing(of: fresh) == 0
      ? fresh.prefix(fresh.count / 2) : Coalitions(playerCount: fresh.playerCount)
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
  func allowance(_ output: Int, _ ledger: EvaluationLedger) -> Double {
    let range = ledger.range(of: output)
    return max(
      tolerance, Self.relativeTolerance * (range.upperBound - range.lowerBound),
      Self.rounding * max(abs(range.lowerBound), abs(range.upperBound)))
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
        * (allowance(output, ledger) + share * (range.upperBound - range.lowerBound))
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
    /// nil where they are exact.
    let standardErrors: [[Double]]?
    let certificate: StructureCertificate
    /// One coalition of each fresh pair.
    let freshPairs: Coalitions
  }
}
