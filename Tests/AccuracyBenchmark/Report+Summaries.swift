/// Tables that put all kinds of games together.
extension Report {
  /// Row by row an estimator, column by column a budget: the geometric mean over families of medians; nil where one
  /// is not known.
  func means(
    of measurements: [Measurement], _ names: [String], _ size: SizeClass
  ) -> [[Double?]] {
    let tables = plan.families.map { family in
      ErrorTable(
        measurements.filter { $0.family == family && $0.size == size }, names: names, own: [])
    }
    return names.map { name in
      Plan.multiples.map { multiple -> Double? in
        let medians = tables.map { $0.summary(name, multiple)?.median }
        let known = medians.compactMap { $0 }
        return known.isEmpty || known.count < medians.count ? nil : geometricMean(known)
      }
    }
  }

  /// What each part of the surrogate buys.
  var partsTable: String {
    guard !ablations.isEmpty else { return "" }
    let names = OwnEstimator.ablations.map(\.name)
    let tables = plan.sizes.map { size in
      // 2n evaluations are the singles and what each text lacks one of, and no part has a say.
      var table = MarkdownTable(
        columns: [""] + Plan.multiples.dropFirst().map { "\($0)n" } + ["most"])
      let rows = means(of: ablations, names, size).map { Array($0.dropFirst()) }
      for (index, row) in rows.enumerated() {
        let cells = zip(row, rows[0]).map { value, whole -> String in
          guard let value, let whole else { return "" }
          return index == 0 ? brief(value) : rounded(value / whole)
        }
        let most = index == 0 ? nil : mostBought(by: names[index], size)
        table.rows.append(
          [names[index]] + cells + [most.map { "\(rounded($0.factor)), \($0.family.title)" } ?? ""])
      }
      return "### \(size.title)\n\n\(table.text)"
    }
    return """
      ## What the parts of the surrogate buy

      First the same means for the surrogate, over up to \(plan.ablationGames) games of each kind and size; then what they are
      multiplied by without each of its parts: 2 says that the part halves the error. The last column names the kind
      of games for which a part does most, with the mean of its factors: some parts are for one kind of models. Certificates
      are for models that are additive or pairwise, which no kind here is; they say that values are exact.

      \(tables.joined(separator: "\n\n"))
      """
  }

  /// The kind of games whose errors grow most without a part, and the geometric mean over budgets of how much.
  private func mostBought(
    by name: String, _ size: SizeClass
  ) -> (family: GameFamily, factor: Double)? {
    let factors = plan.families.compactMap { family -> (GameFamily, Double)? in
      let errors = ErrorTable(
        ablations.filter { $0.family == family && $0.size == size },
        names: OwnEstimator.ablations.map(\.name), own: [])
      let ratios = Plan.multiples.dropFirst().compactMap { multiple -> Double? in
        guard let without = errors.summary(name, multiple)?.median,
          let whole = errors.summary(OwnEstimator.ablations[0].name, multiple)?.median
        else { return nil }
        return max(without, roundingError) / max(whole, roundingError)
      }
      return ratios.isEmpty ? nil : (family, geometricMean(ratios))
    }
    return factors.max { $0.1 < $1.1 }.flatMap { $0.1 > 1.005 ? $0 : nil }
  }

  private func rounded(_ factor: Double) -> String {
    factor < 1000 ? "\((factor * 100).rounded() / 100)" : brief(factor)
  }

  /// The surrogate's error divided by that of the best peer, which is another one in each cell.
  var peerTable: String {
    guard let peers else { return "" }
    var table = MarkdownTable(columns: ["", "words"] + Plan.multiples.dropFirst().map { "\($0)n" })
    for family in plan.families {
      for size in plan.sizes {
        let errors = self.table { $0.family == family && $0.size == size }
        let row = Plan.multiples.dropFirst().map { multiple -> String in
          let best = peers.shapleyNames.compactMap { errors.summary($0, multiple) }
          guard let ours = errors.summary("surrogate", multiple),
            let median = best.map(\.median).min(), let mean = best.map(\.mean).min()
          else { return "" }
          func ratio(_ ours: Double, _ best: Double) -> String {
            brief(max(ours, roundingError) / max(best, roundingError))
          }
          return "\(ratio(ours.median, median)) / \(ratio(ours.mean, mean))"
        }
        table.rows.append(
          [family.title, "\(size.range.lowerBound)–\(size.range.upperBound)"] + row)
      }
    }
    return """
      ## Beside the best peer

      The surrogate's median error divided by the smallest median of a peer, and the same of means: below 1 the surrogate is
      ahead. The best peer is picked for each cell after the fact, which favours the peers where games are few. Errors below
      \(brief(roundingError)) count as that: 1 may mean that both are exact.

      \(table.text)
      """
  }
}
