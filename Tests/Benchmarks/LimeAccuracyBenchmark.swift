import Attribution

/// How far LIME's two modes are from what many draws tend to, and how much seeds differ.
enum LimeAccuracyBenchmark {
  static func run() throws {
    try errors(samples: 1000)
    try overlap(samples: 5000)
  }

  /// Against the limit by enumeration.
  private static func errors(samples: Int) throws {
    var table = Table(
      title: "LIME's error against its limit, \(samples) samples, 10 to 16 words "
        + "(median of Σ(β̂ − β)²/Σβ²)",
      columns: [
        "game", "compatible", "stable", "compatible / stable", "within ±1.96 SE",
      ])
    for (name, make) in LimeAccuracyGames.families {
      var compatible: [Double] = []
      var stable: [Double] = []
      var covered = 0
      var coefficients = 0
      for n in [10, 12, 14, 16] {
        let game = make(n, UInt64(n))
        let truth = try StableLime(LimeOptions(samples: 1 << n)).fit(game).surrogates[0]
        for seed in 0..<3 {
          let options = LimeOptions(samples: samples, seed: UInt64(seed))
          compatible.append(
            error(try Lime(options).fit(game).surrogates[0].coefficients, truth.coefficients))
          let found = try StableLime(options, tolerance: 0).fit(game).surrogates[0]
          stable.append(error(found.coefficients, truth.coefficients))
          for (player, standardError) in (found.standardErrors ?? []).enumerated() {
            let miss = abs(found.coefficients[player] - truth.coefficients[player])
            // Rounding is no error of the sample.
            covered += miss <= 1.96 * standardError + 1e-12 ? 1 : 0
            coefficients += 1
          }
        }
      }
      let (a, b) = (median(compatible), median(stable))
      table.rows.append(
        [name, short(a), short(b), b > 1e-20 ? short(a / b) : "exact"]
          + [short(100 * Double(covered) / Double(max(1, coefficients))) + " %"])
    }
    table.print()
  }

  /// Of the five strongest words, seed against seed.
  private static func overlap(samples: Int) throws {
    var table = Table(
      title: "Jaccard overlap of the five strongest words over four seeds, \(samples) samples "
        + "at most (lexicon with negation)",
      columns: ["words", "compatible", "stable", "evaluations of stable"])
    for n in [100, 250, 500] {
      let game = LimeAccuracyGames.negation(n, UInt64(n))
      var compatible: [Set<Int>] = []
      var stable: [Set<Int>] = []
      var evaluations = 0
      for seed in 0..<4 {
        let options = LimeOptions(samples: samples, seed: UInt64(seed))
        compatible.append(strongest(try Lime(options).fit(game)))
        let result = try StableLime(options).fit(game)
        stable.append(strongest(result))
        evaluations += result.samples
      }
      table.rows.append([
        String(n), short(overlap(compatible)), short(overlap(stable)), String(evaluations / 4),
      ])
    }
    table.print()
  }

  private static func strongest(_ result: LimeResult) -> Set<Int> {
    let values = result.surrogates[0].coefficients
    return Set(values.indices.sorted { abs(values[$0]) > abs(values[$1]) }.prefix(5))
  }

  /// The mean over all pairs.
  private static func overlap(_ sets: [Set<Int>]) -> Double {
    var sum = 0.0
    var pairs = 0.0
    for i in sets.indices {
      for k in 0..<i {
        sum += Double(sets[i].intersection(sets[k]).count) / Double(sets[i].union(sets[k]).count)
        pairs += 1
      }
    }
    return sum / pairs
  }

  private static func error(_ found: [Double], _ truth: [Double]) -> Double {
    let off = zip(found, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return off / truth.reduce(0) { $0 + $1 * $1 }
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
