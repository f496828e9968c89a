import Attribution
import Foundation

/// The Python peers: their answers come from earlier runs where those are kept.
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
  private let patience: Int
  private let scratch: Scratch<Answer>

  /// Starts the peers once, to learn which there are.
  init(python: String, jobs: Int, scratchFolder: String, patience: Int) throws {
    self.python = python
    self.jobs = jobs
    self.patience = patience
    scratch = try Scratch(folder: scratchFolder, file: "peers.jsonl")
    let process = try PeerProcess(python: python, core: 0, patience: patience)
    versions = process.versions
    try process.finish()
  }

  /// The peers that estimate Shapley values, in the order of the report.
  var shapleyNames: [String] { versions.keys.filter { $0 != "lime" }.sorted() }

  /// The answers to all runs, by fingerprint and run.
  func answers(to jobs: [Job]) throws -> (_ fingerprint: String, _ run: Run) -> Answer? {
    let open = jobs.map { job in
      Job(
        fingerprint: job.fingerprint, make: job.make,
        runs: job.runs.filter { !isAnswered($0, job.fingerprint) })
    }.filter { !$0.runs.isEmpty }
    if !open.isEmpty { try measure(open) }
    return { [self] in scratch[key($0, $1)] }
  }

  /// Whether an answer is kept, and not one that more patience might change.
  private func isAnswered(_ run: Run, _ fingerprint: String) -> Bool {
    guard let answer = scratch[key(fingerprint, run)] else { return false }
    return (answer.gaveUpAfter ?? .infinity) >= Double(patience)
  }

  private func measure(_ open: [Job]) throws {
    note("\(open.reduce(0) { $0 + $1.runs.count }) runs of Python peers on \(open.count) games …")
    // As many shares as processes, dealt out so that each has games of all kinds.
    let shares = (0..<min(jobs, open.count)).map { first in
      (core: first, jobs: stride(from: first, to: open.count, by: jobs).map { open[$0] })
    }
    _ = try parallelMap(shares, threads: shares.count) { share in
      let process = try PeerProcess(python: python, core: share.core, patience: patience)
      for job in share.jobs {
        try process.measure(job.runs, on: job.make()) { run, answer in
          try scratch.keep(answer, for: key(job.fingerprint, run))
        }
      }
      try process.finish()
    }
  }

  private func key(_ fingerprint: String, _ run: Run) -> String {
    "\(fingerprint) \(run.peer) \(versions[run.peer] ?? "") \(run.budget) \(run.seed)"
  }
}

extension Peers {
  /// All runs of all peers on all games.
  func measure(_ games: [GameCase], seeds: Int) throws -> [Measurement] {
    func run(_ peer: String, _ multiple: Int, _ seed: Int, _ game: GameCase) -> Run {
      Run(peer: peer, budget: multiple * game.playerCount, seed: seed)
    }
    let cells = shapleyNames.flatMap { peer in
      Plan.multiples.flatMap { multiple in (1...seeds).map { (peer, multiple, $0) } }
    }
    let answers = try answers(
      to: games.map { game in
        Job(
          fingerprint: game.fingerprint, make: { try game.game.make().game },
          runs: cells.map { run($0, $1, $2, game) })
      })
    return games.flatMap { game in
      cells.compactMap { peer, multiple, seed in
        answers(game.fingerprint, run(peer, multiple, seed, game)).map { answer in
          Measurement(
            game, estimator: peer, multiple: multiple, values: answer.values,
            evaluations: answer.evaluations, reason: answer.reason)
        }
      }
    }
  }
}

/// Says on standard error what goes on.
func note(_ message: String) {
  FileHandle.standardError.write(Data((message + "\n").utf8))
}
