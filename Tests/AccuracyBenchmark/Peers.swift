import Attribution
import Foundation

/// The Python peers, which run where no answer of theirs is kept.
final class Peers: Sendable {
  typealias Run = PeerProcess.Run
  typealias Answer = PeerProcess.Answer

  /// A game and what peers are asked for on it.
  struct Job: Sendable {
    let fingerprint: String
    let make: @Sendable () throws -> any Game
    let runs: [Run]
  }

  /// The version of the package of each peer.
  let versions: [String: String]
  private let python: String
  private let jobs: Int
  private let scratch: Scratch<Answer>
  private let record: PeerRecord

  /// Starts the peers once, to learn which there are.
  ///
  /// - Parameters:
  ///   - jobs: How many of their processes run at once.
  ///   - scratchFolder: Where answers are kept between runs.
  init(python: String, jobs: Int, scratchFolder: String) throws {
    self.python = python
    self.jobs = jobs
    let process = try PeerProcess(python: python, core: 0)
    versions = process.versions
    try process.finish()
    scratch = try Scratch(folder: scratchFolder, file: "peers.jsonl")
    record = try PeerRecord(
      folder: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Record").path,
      versions: versions.filter { $0.key != "lime" })
  }

  /// The peers that estimate Shapley values, in the order of the report.
  var shapleyNames: [String] { versions.keys.filter { $0 != "lime" }.sorted() }

  /// The answers to all runs, by fingerprint and run.
  func answers(to jobs: [Job]) throws -> (_ fingerprint: String, _ run: Run) -> Answer? {
    let open = jobs.map { job in
      Job(
        fingerprint: job.fingerprint, make: job.make,
        runs: job.runs.filter { scratch[key(job.fingerprint, $0)] == nil })
    }.filter { !$0.runs.isEmpty }
    try share(open) { process, job in
      try process.measure(job.runs, on: job.make()) { run, answer in
        try scratch.keep(answer, for: key(job.fingerprint, run))
      }
    }
    return { [self] in scratch[key($0, $1)] }
  }

  private func key(_ fingerprint: String, _ run: Run) -> String {
    "\(fingerprint) \(run.peer) \(versions[run.peer] ?? "") \(run.budget) \(run.seed)"
  }

  /// Has each item taken up by one of as many processes as there are jobs, dealt out so that each has items of all
  /// kinds.
  private func share<Item: Sendable>(
    _ items: [Item], _ body: @Sendable (PeerProcess, Item) throws -> Void
  ) throws {
    let shares = (0..<min(jobs, items.count)).map { first in
      (core: first, items: stride(from: first, to: items.count, by: jobs).map { items[$0] })
    }
    _ = try parallelMap(shares, threads: max(1, shares.count)) { share in
      let process = try PeerProcess(python: python, core: share.core)
      for item in share.items { try body(process, item) }
      try process.finish()
    }
  }
}

extension Peers {
  /// All runs of all peers on all games.
  ///
  /// No more runs are made of a cell of the tables that is given up. The largest games, which tell, come first.
  func measure(_ games: [GameCase], seeds: Int) throws -> [Measurement] {
    let largestFirst = games.sorted { $0.playerCount > $1.playerCount }
    let jobs = (1...seeds).flatMap { seed in largestFirst.map { (game: $0, seed: seed) } }
    let fingerprints = Dictionary(grouping: games, by: \.game.table)
      .mapValues { Set($0.map(\.fingerprint)) }
    let givenUpTable = { @Sendable [record] table in
      record.givenUp(in: table, games: fingerprints[table] ?? [])
    }
    let givenUp = Dictionary(
      uniqueKeysWithValues: fingerprints.keys.map { ($0, givenUpTable($0)) })
    let open = jobs.filter { game, seed in
      !openCells(game, seed, without: givenUp[game.game.table] ?? []).isEmpty
    }
    note("\(open.count) of \(jobs.count) rounds of the Python peers on a game …")
    try share(open) { process, job in
      let cells = openCells(
        job.game, job.seed, without: givenUpTable(job.game.game.table))
      if cells.isEmpty { return }
      let runs = cells.map {
        Run(peer: $0.peer, budget: $0.multiple * job.game.playerCount, seed: job.seed)
      }
      var outcomes: [PeerRecord.Key: Measurement.Outcome] = [:]
      try process.measure(runs, on: job.game.game.make().game) { run, answer in
        let multiple = run.budget / job.game.playerCount
        outcomes[key(PeerCell(peer: run.peer, multiple: multiple), job.game, job.seed)] =
          answer.values.map {
            .init($0, of: job.game, evaluations: answer.evaluations, multiple: multiple)
          } ?? .reason(answer.reason ?? "no answer")
      }
      try record.keep(outcomes, in: job.game.game.table)
    }
    return jobs.flatMap { game, seed in
      cells.compactMap { cell in
        record[game.game.table, key(cell, game, seed)].map {
          Measurement(game, estimator: cell.peer, multiple: cell.multiple, outcome: $0)
        }
      }
    }
  }

  private var cells: [PeerCell] {
    shapleyNames.flatMap { peer in
      Plan.multiples.map { PeerCell(peer: peer, multiple: $0) }
    }
  }

  /// The cells of which a run on the game is neither recorded nor in vain.
  private func openCells(
    _ game: GameCase, _ seed: Int, without givenUp: Set<PeerCell>
  ) -> [PeerCell] {
    cells.filter {
      !givenUp.contains($0) && record[game.game.table, key($0, game, seed)] == nil
    }
  }

  private func key(_ cell: PeerCell, _ game: GameCase, _ seed: Int) -> PeerRecord.Key {
    PeerRecord.Key(
      row: .init(game: game.fingerprint, multiple: cell.multiple, seed: seed), peer: cell.peer)
  }
}

/// Says on standard error what goes on.
func note(_ message: String) {
  FileHandle.standardError.write(Data((message + "\n").utf8))
}
