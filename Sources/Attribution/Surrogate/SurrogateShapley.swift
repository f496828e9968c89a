/// Shapley values of games whose evaluations are dear: surrogates fitted to pairs of complementary coalitions.
///
/// First a structure is looked for from which the values follow (`StructureSearch`). Else the odd part of the game, on
/// which alone the values depend, is fitted by a Gaussian process whose Shapley values have closed forms
/// (`PairProcess`); bounded games also by such processes behind a link (`LinkEmulator`). Where there is enough to fit
/// them to, few rules of players (`SparseRules`) and boosted trees (`BoostedTrees`) are, too. They are weighted by how well
/// they foretell pairs left out (`Stacking`), and corrected by a shrunken regression on what they miss
/// (`ResidualCorrection`), so that the estimate is consistent whatever the game is. Players beside whom no other changes a
/// value are fitted alone (`Carrier`). `docs/accuracy.md` tells what each part buys.
///
/// The design is nested: which coalitions are evaluated does not depend on the budget, which only says how many.
public struct SurrogateShapley: ShapleyEstimator {
  /// From so many players on a fit takes a second or more, and some are left out.
  private static let dearPlayers = 200
  /// By how much pairs grow at most from one fit to the next where some are left out.
  private static let mostGrowth = 4.0

  /// The most distinct coalitions to evaluate, ∅ and N included.
  public let budget: Int
  /// Where the random coalitions come from.
  public let seed: UInt64
  /// Stops when no standard error is above this part of max φ − min φ, which is looked at now and then; 0 for the whole
  /// budget.
  public var tolerance = 0.0
  /// Stops when this many values of the largest magnitudes are told apart from the others, and not by ``tolerance``;
  /// nil for no such stop.
  public var settledCount: Int?
  /// Values of the game closer than this count as equal where a structure is checked, and so do those closer than
  /// 10⁻⁹ of their range.
  public var valueTolerance = 0.0
  /// What it is made of.
  package var parts = SurrogateParts.all
  /// Asked between batches whether to stop with what there is.
  public var shouldStop: @Sendable () -> Bool = { false }
  /// Coalitions the game is asked for at once.
  public let batchSize: Int

  /// Makes the estimator; `batchSize` changes no result, unless ``shouldStop`` answers true.
  public init(budget: Int, seed: UInt64, batchSize: Int = EvaluationBatches.defaultSize) {
    self.budget = budget
    self.seed = seed
    self.batchSize = batchSize
  }

  /// The surrogate.
  public var kind: ShapleyEstimatorKind { .surrogate }

  /// Estimates of the Shapley values of `game`; exact where a structure is found or all coalitions are evaluated.
  ///
  /// - Throws: ``ShapleyError/budgetBelowMinimum(estimator:budget:minimum:playerCount:)`` below 2*n* + 2 (or 2ⁿ)
  ///   evaluations, ``GameError/valueOutOfRange(value:output:coalitionSize:)``, and whatever the game throws.
  /// - Complexity: at most `budget` evaluations, and O(*P*³) operations for *P* pairs of them, at most 500 or 3*n*/2,
  ///   and some 10⁵ for each further one; for rules O(*n*²) for each evaluation some tens of times, up to 5 · 10⁷ in all.
  public func values(of game: any Game) throws -> ShapleyValues {
    let n = game.playerCount
    try kind.check(budget: budget, playerCount: n)
    guard n > 2 else { return try ExactShapley.enumerated(game, for: kind, batchSize: batchSize) }
    var ledger = EvaluationLedger(game: game, budget: budget, batchSize: batchSize)
    let ends = Coalitions.ends(playerCount: n)
    _ = try ledger.evaluate(ends)

    let singles = Coalitions.singles(playerCount: n)
    let search = StructureSearch(
      playerCount: n, tolerance: valueTolerance, seed: seed &+ 0x5EED)
    _ = try ledger.evaluate(singles)
    let isSearching = n >= StructureSearch.fewestPlayers && parts.contains(.certificates)
    var linked: StructureSearch.Finding?
    if isSearching, let finding = try search.additive(in: &ledger) {
      if finding.standardErrors == nil { return result(finding, ledger) }
      linked = finding
    }
    _ = try ledger.evaluate(singles.complements)
    if isSearching, linked == nil, let finding = try search.pairwise(in: &ledger) {
      return result(finding, ledger)
    }

    var design = NestedPairDesign(
      playerCount: n, seed: seed, hasHalves: parts.contains(.halves))
    var checkpoint = n
    while true {
      let isStopped = try extend(&design, to: checkpoint, in: &ledger)
      if design.isComplete {
        return try ExactShapley.enumerated(game, for: kind, batchSize: batchSize)
      }
      let isLast = isStopped || design.coalitions.count < checkpoint
      if let finding = linked {
        let confirmed = search.confirmed(finding, in: ledger)
        if let confirmed, isLast || isEnough(confirmed) {
          var values = result(confirmed, ledger)
          values.wasStopped = isStopped
          return values
        }
        if confirmed == nil { linked = nil }
      }
      // How wrong the middle is shows in pairs there.
      let mayStop = design.coalitions.count >= 2 * n && (tolerance > 0 || settledCount != nil)
      var growth = 1.0
      if linked == nil, isLast || mayStop {
        let fit = try fit(design, ledger, search)
        let excess = excess(of: fit)
        if isLast || excess <= 1 {
          var values = result(fit.values, fit.standardErrors, nil, ledger, design.coalitions)
          values.wasStopped = isStopped
          return values
        }
        growth = excess
      }
      checkpoint = self.checkpoint(after: checkpoint, playerCount: n, growth: growth)
    }
  }

  /// How many pairs the next fit is for: half as many again; with many players those that errors which fall as fast as the
  /// pairs grow would need, or all where they are not many more.
  private func checkpoint(after count: Int, playerCount n: Int, growth: Double) -> Int {
    var next = count + max(1, count / 2)
    guard n >= Self.dearPlayers else { return next }
    let wanted = Double(count) * min(growth, Self.mostGrowth)
    while Double(next + next / 2) <= wanted || (2 * next <= budget && 3 * next > budget) {
      next += next / 2
    }
    return next
  }

  /// Evaluates pairs until there are `count` of them, the budget is used up, or the caller wants to stop, which is
  /// the answer.
  private func extend(
    _ design: inout NestedPairDesign, to count: Int, in ledger: inout EvaluationLedger
  ) throws -> Bool {
    let isStopped = try extendInBatches(&design, to: count, in: &ledger)
    // Pairs that are known already, in part or whole, may fit in: a run with the budget that was reached repeats this.
    while design.coalitions.count < count, !design.isComplete {
      var longer = design
      longer.extend(to: design.coalitions.count + 1)
      var pair = longer.coalitions.suffix(from: design.coalitions.count)
      pair.appendComplement(of: pair[0])
      guard ledger.missing(of: pair) <= (isStopped ? 0 : ledger.left) else { break }
      _ = try ledger.evaluate(pair)
      design = longer
    }
    return isStopped
  }

  private func extendInBatches(
    _ design: inout NestedPairDesign, to count: Int, in ledger: inout EvaluationLedger
  ) throws -> Bool {
    while design.coalitions.count < count, !design.isComplete {
      if design.coalitions.count >= design.coalitions.playerCount, shouldStop() { return true }
      let start = design.coalitions.count
      // Some of the first pairs are known already.
      let step =
        start < design.coalitions.playerCount ? design.coalitions.playerCount : ledger.left / 2
      let end = min(count, start + min(step, max(1, batchSize / 2)))
      guard end > start else { return false }
      design.extend(to: end)
      let pairs = design.coalitions.suffix(from: start)
      _ = try ledger.evaluate(pairs)
      _ = try ledger.evaluate(pairs.complements)
    }
    return false
  }

  private func fit(
    _ design: NestedPairDesign, _ ledger: EvaluationLedger, _ search: StructureSearch
  ) throws -> SurrogateFit {
    var pairs = design.coalitions
    var known = Set<[UInt64]>()
    for side in [pairs, pairs.complements] {
      for index in side.indices { known.insert(Array(side[index])) }
    }
    let fresh = search.evaluatedPairs(in: ledger)
    for index in fresh.indices where !known.contains(Array(fresh[index])) {
      pairs.append(fresh[index])
    }
    if parts.contains(.carrier),
      let carrier = Carrier(
        ends: .ends(playerCount: pairs.playerCount), pairs: pairs, in: ledger,
        tolerance: search.tolerance(in: ledger))
    {
      return try carrier.fit(parts: parts, seed: seed)
    }
    return try SurrogateFit(
      PairData(
        sample: PairSample(pairs), parts: parts, present: ledger.columns(of: pairs),
        absent: ledger.columns(of: pairs.complements),
        ends: ledger.columns(of: .ends(playerCount: pairs.playerCount)).map { ($0[0], $0[1]) }),
      seed: seed)
  }

  /// Whether a structure is confirmed well enough to stop; what simulating it leaves is not for the budget to change.
  private func isEnough(_ finding: StructureSearch.Finding) -> Bool {
    guard settledCount != nil, let errors = finding.standardErrors else {
      return finding.unseenShare <= tolerance
    }
    return excess(of: SurrogateFit(values: finding.values, standardErrors: errors)) <= 1
  }

  /// How many times larger the standard errors are than those to stop at; 0 where they are small enough, and 2 where they
  /// are not and nobody knows how much.
  private func excess(of fit: SurrogateFit) -> Double {
    zip(fit.values, fit.standardErrors).map { values, errors in
      if let settledCount {
        // Values that are all alike have no errors, and more evaluations tell nothing apart.
        if errors.allSatisfy({ $0 == 0 }) { return 0 }
        return Separation.isSettled(values, errors: errors, count: settledCount)
          ? 0 : 2
      }
      let wanted = tolerance * values.spread
      let largest = errors.max() ?? 0
      if largest <= wanted { return 0 }
      return wanted > 0 && largest.isFinite ? largest / wanted : 2
    }.max() ?? 0
  }

  private func result(
    _ finding: StructureSearch.Finding, _ ledger: EvaluationLedger
  ) -> ShapleyValues {
    // Interactions are read out of these; single players are all that was asked for besides.
    var pairs = finding.freshPairs
    if finding.certificate.structure == .pairwise {
      let singles = Coalitions.singles(playerCount: pairs.playerCount)
      for index in singles.indices { pairs.append(singles[index]) }
    }
    return result(
      finding.values, finding.standardErrors, finding.certificate, ledger, pairs)
  }

  private func result(
    _ values: [[Double]], _ errors: [[Double]]?, _ certificate: StructureCertificate?,
    _ ledger: EvaluationLedger, _ pairs: Coalitions
  ) -> ShapleyValues {
    let players = values.first?.count ?? 0
    let ends = ledger.columns(of: .ends(playerCount: players))
    var all = pairs
    all.appendGrand()
    let pool = PairPool(
      coalitions: all,
      evenParts: zip(ledger.columns(of: all), ledger.columns(of: all.complements)).map {
        zip($0, $1).map { ($0 + $1) / 2 }
      })
    return ShapleyValues(
      estimator: kind, isExact: errors == nil, emptyValues: ends.map { $0[0] },
      grandValues: ends.map { $0[1] }, values: values, standardErrors: errors,
      evaluations: ledger.count, certificate: certificate, pool: pool)
  }
}

extension Coalitions {
  /// ∅ and N.
  static func ends(playerCount: Int) -> Coalitions {
    var ends = Coalitions(playerCount: playerCount)
    ends.appendEmpty()
    ends.appendGrand()
    return ends
  }

  /// The first `count` coalitions.
  func prefix(_ count: Int) -> Coalitions {
    var prefix = Coalitions(playerCount: playerCount)
    for index in 0..<Swift.min(count, self.count) { prefix.append(self[index]) }
    return prefix
  }

  /// The coalitions at some positions.
  func picked(_ positions: some Sequence<Int>) -> Coalitions {
    var picked = Coalitions(playerCount: playerCount)
    for index in positions { picked.append(self[index]) }
    return picked
  }

  /// The coalitions from `start` on.
  func suffix(from start: Int) -> Coalitions {
    var suffix = Coalitions(playerCount: playerCount)
    for index in start..<Swift.max(start, count) { suffix.append(self[index]) }
    return suffix
  }
}
