import Foundation

/// `make bench-accuracy`: the error of our estimators and of the Python peers for the same number of
/// evaluations of the same games.
@main
enum AccuracyBenchmark {
  static func main() {
    // A peer that dies shows when it is read from.
    signal(SIGPIPE, SIG_IGN)
    do {
      try run(Options(CommandLine.arguments.dropFirst()))
    } catch let error as BenchmarkError {
      note("error: \(error)\n\(Options.usage)")
      exit(64)
    } catch {
      note("error: \(error)")
      exit(70)
    }
  }

  private static func run(_ options: Options) throws {
    let plan = options.plan
    let peers = try options.python.map {
      try Peers(python: $0, jobs: options.jobs, scratchFolder: options.scratch)
    }
    let games = try plan.families.flatMap { family in
      try plan.sizes.flatMap { try BenchmarkGame.games(family, $0, count: plan.games) }
    }
    note("\(games.count) games and their Shapley values …")
    let references = try Scratch<Reference>(folder: options.scratch, file: "references.jsonl")
    let cases = try parallelMap(games, threads: options.jobs) {
      try GameCase($0, scratch: references)
    }

    let others = try peers?.measure(cases, seeds: plan.seeds) ?? []
    if options.isCollecting { return }
    note("our estimators …")
    let own = try parallelMap(cases, threads: options.jobs) { game in
      try OwnEstimator.all.flatMap { try $0.measure(game, seeds: plan.seeds) }
    }
    let ablated = cases.filter { $0.game.index < plan.ablationGames }
    let ablations = try parallelMap(ablated, threads: options.jobs) { game in
      try OwnEstimator.ablations.flatMap { try $0.measure(game, seeds: 1) }
    }
    let spectra = try parallelMap(
      cases.filter { $0.playerCount <= OddSpectrum.mostPlayers }, threads: options.jobs,
      OddSpectrum.init)
    note("LIME …")
    let small = cases.filter { $0.game.size == .small && $0.game.index < plan.limeGames }
    let lime = try LimeAccuracy(
      games: small, seeds: plan.seeds, peers: peers, threads: options.jobs)
    let time = try EstimatorTime(estimators: OwnEstimator.all, peers: peers)

    let report = Report(
      plan: plan, games: cases, measurements: own.flatMap { $0 } + others,
      ablations: ablations.flatMap { $0 }, spectra: spectra, lime: lime,
      time: time, peers: peers)
    if let output = options.output {
      try Page(path: output).write(report.text)
      note("written to \(output)")
    } else {
      print(report.text)
    }
  }
}
