import Foundation

/// The page `docs/accuracy.md`.
struct Report {
  let plan: Plan
  let games: [GameCase]
  let measurements: [Measurement]
  /// The surrogate without each of its parts, on some of the games.
  let ablations: [Measurement]
  /// What there is to learn about the games whose coalitions can all be asked for.
  let spectra: [OddSpectrum]
  let lime: LimeAccuracy
  let time: EstimatorTime
  let peers: Peers?

  var own: [String] { OwnEstimator.all.map(\.name) }
  var names: [String] { own + (peers?.shapleyNames ?? []) }

  /// The whole page.
  var text: String {
    ([
      introduction, overview, peerTable, spectrumTable, partsTable, coverageTable, timeTable,
      limeTable,
    ]
      + families)
      .filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  func table(_ isIncluded: (Measurement) -> Bool) -> ErrorTable {
    ErrorTable(measurements.filter(isIncluded), names: names, own: Set(own))
  }

  private var introduction: String {
    let packages = peers.map { peers in
      Set(peers.versions.map { "\($0.key.split(separator: " ")[0]) \($0.value)" })
        .sorted().joined(separator: ", ")
    }
    let long = games.filter { $0.reference.squaredError > 0 }
    let worst = long.map(\.reference.squaredError).max() ?? 0
    return """
      # Accuracy

      How far estimated Shapley values are from the true ones, for the same number of evaluations of the same games: the
      estimators of textexplain beside those of Python packages. `make bench-accuracy` measures ours anew, takes what is in
      the record of the peers' errors (`Tests/AccuracyBenchmark/Record`) and measures what is not, and writes this page.
      \(size)

      Peers: \(packages ?? "not run").

      How to read it:

      - **Error** is |φ̂ − φ|² / |φ|², the squared error relative to the squared norm of the true values: 1 is as bad as
        answering 0 for every word, 0.01 is a typical deviation of a tenth of a typical value. Cells are
        **median / mean / 90th percentile** over games and seeds; the smallest median of a column is bold.
      - **Columns** are budgets in evaluations a word, v(∅) and v(N) counted: 4n for 30 words is 120. What an estimator
        asks for twice counts once. A cell is empty where more than one run in ten gave no answer, and else told of
        those that did, which favours whoever leaves out the hard ones. A cell is given up, largest games first, once
        three runs gave no answer and are more than one in ten. The reasons are below the table.
      - **True values** are exact: in closed form, by enumeration up to 16 words, or by quadrature over a transfer
        matrix. \(longRuns(long.count, worst))
      - **Games** are random and the same for everybody: seeds are fixed, and peers ask the program that owns the games
        for values. Peers run with their defaults but for what their names say, with seeds 1, 2, …

      """.trimmingCharacters(in: .newlines)
  }

  private func longRuns(_ count: Int, _ worst: Double) -> String {
    guard count > 0 else { return "" }
    return """
      Where there is nothing of that (\(count) of \(games.count) games) a paired
        regression over \(Plan.referenceBudget) evaluations stands for them; by its standard errors its own error is
        \(brief(worst)) at most, and smaller errors than that cannot be told.
      """
  }

  private var size: String {
    let games = plan.games == 1 ? "one game" : "up to \(plan.games) games"
    let seeds = plan.seeds == 1 ? "one seed" : "\(plan.seeds) seeds"
    return "This run: \(games) of each kind and size, \(seeds) each."
  }

  private var overview: String {
    let parts = plan.sizes.map { size in
      let means = means(of: measurements, names, size)
      let best = Plan.multiples.indices.map { column in means.compactMap { $0[column] }.min() }
      var overview = MarkdownTable(columns: [""] + Plan.multiples.map { "\($0)n" })
      for (name, row) in zip(names, means) {
        overview.rows.append(
          [label(name, isOwn: own.contains(name))]
            + zip(row, best).map { mean, best in
              guard let mean else { return "" }
              return mean == best ? "**\(brief(mean))**" : brief(mean)
            })
      }
      return "### \(size.title)\n\n\(overview.text)"
    }
    return """
      ## Overview

      The geometric mean over the kinds of games of the median error (errors below \(brief(roundingError)) counted as that);
      empty where a kind has an empty cell.

      \(parts.joined(separator: "\n\n"))
      """
  }

  private var coverageTable: String {
    var table = MarkdownTable(columns: ["", "words"] + Plan.multiples.map { "\($0)n" })
    for name in own {
      for size in plan.sizes {
        let row = Plan.multiples.map { multiple -> String in
          let cell = measurements.filter {
            $0.estimator == name && $0.size == size && $0.multiple == multiple
          }
          let coverage = coverage(cell)
          guard let all = coverage.all.percentage, let strongest = coverage.strongest.percentage
          else { return "" }
          let lowest = plan.families.compactMap { family in
            self.coverage(cell.filter { $0.family == family }).all.percentage
          }.min()
          return "\(all) / \(strongest) (\(lowest ?? all))"
        }
        if row.contains(where: { !$0.isEmpty }) {
          table.rows.append(
            [label(name, isOwn: true), "\(size.range.lowerBound)–\(size.range.upperBound)"] + row)
        }
      }
    }
    return """
      ## Standard errors

      The share in percent of words whose true value is within 1.96 standard errors of the estimate, over all games and
      seeds where standard errors are stated; the same of the fifth of the words whose values are the strongest; and in
      parentheses the share of all words in the kind of games where that is smallest. Right standard errors have 95.

      \(table.text)
      """
  }

  private func coverage(_ measurements: [Measurement]) -> (all: Coverage, strongest: Coverage) {
    measurements.compactMap(\.coverage)
      .reduce((Coverage(), Coverage())) { ($0.all + $1.all, $0.strongest + $1.strongest) }
  }

  private var timeTable: String {
    var table = MarkdownTable(columns: ["", "ms"])
    for (name, value) in time.milliseconds {
      table.rows.append(
        [label(name, isOwn: own.contains(name)), value.map(brief) ?? "no answer"])
    }
    return """
      ## Time

      One run with \(EstimatorTime.playerCount) words and \(EstimatorTime.budget) evaluations, the model left out, on one
      core, the best of up to ten, of three for peers. Machines differ: the ratios say more than the figures.

      \(table.text)
      """
  }

  private var limeTable: String {
    let words = LimeAccuracy.wordCounts.map { "top \(LimeAccuracy.top), \($0) words" }
    var table = MarkdownTable(columns: ["", "error"] + words)
    for row in lime.rows {
      let error =
        row.errors.isEmpty
        ? ""
        : { "\(brief($0.median)) / \(brief($0.mean)) / \(brief($0.ninetieth))" }(
          Summary(row.errors))
      table.rows.append(
        [label(row.name, isOwn: row.name != "Python lime"), error]
          + row.stability.map { $0.isNaN ? "" : brief($0) })
    }
    return """
      ## LIME

      **Error**: squared error relative to the squared norm, against the coefficients that LIME's regression has with
      infinitely many samples (all coalitions weighted as they are drawn), at \(LimeAccuracy.samples) samples on games of at
      most 14 words. **Top \(LimeAccuracy.top)**: the mean Jaccard index of the \(LimeAccuracy.top) strongest words of two of
      five seeds at \(LimeAccuracy.longSamples) samples, sentiment plugin, every word a player; 1 is always the same words.
      These texts are neutral words of the reviews with one opinion in twenty words, praise and blame in turn, and such
      that the sixth strongest word is 5 to 12 % weaker than the fifth: of long reviews in a row the score hardly moves,
      and dozens of words are equally strong.

      \(table.text)
      """
  }

  private var families: [String] {
    ["## By kind of game"]
      + plan.families.map { family in
        let parts = plan.sizes.map { size in
          "**\(size.title)**\n\n" + table { $0.family == family && $0.size == size }.text
        }
        let title = family.title.prefix(1).uppercased() + family.title.dropFirst()
        return "### \(title)\n\n\(family.summary)\n\n" + parts.joined(separator: "\n\n")
      }
  }
}
