import Attribution
import Foundation

/// A Python process that runs peers on games of ours; `peers.py` describes the protocol.
final class PeerProcess {
  /// What a peer is asked for.
  struct Run: Codable, Hashable, Sendable {
    let peer: String
    let budget: Int
    let seed: Int
  }

  /// What it answers.
  struct Answer: Codable, Sendable {
    /// Values of the players; nil where there is a reason.
    let values: [Double]?
    let reason: String?
    /// Different coalitions the game was asked for.
    let evaluations: Int
    /// The peer's own time, without the game's.
    let seconds: Double?
  }

  /// The version of the package of each peer.
  let versions: [String: String]
  private let process = Process()
  private let pipe: BufferedPipe

  /// - Parameter core: Which of the machine's cores the process keeps to.
  init(python: String, core: Int) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peers.py")
    let input = Pipe()
    let output = Pipe()
    process.executableURL = URL(filePath: python)
    process.arguments = [script.path]
    // One thread a process: those of libraries that start one for each core would wait for each other.
    process.environment = ProcessInfo.processInfo.environment.merging([
      "PEER_CORE": String(core), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
      "PYTHONHASHSEED": "0",
    ]) { $1 }
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    pipe = BufferedPipe(
      reading: output.fileHandleForReading, writing: input.fileHandleForWriting)
    versions = try JSONDecoder().decode(Greeting.self, from: Data(try pipe.line())).peers
  }

  private struct Greeting: Decodable {
    let peers: [String: String]
  }

  private struct Task: Encodable {
    let players: Int
    let runs: [Run]
  }

  /// Runs peers on a game, and hands over each answer when it comes.
  func measure(_ runs: [Run], on game: any Game, answered: (Run, Answer) throws -> Void) throws {
    let task = try JSONEncoder().encode(Task(players: game.playerCount, runs: runs))
    try pipe.write(task + [UInt8(ascii: "\n")])
    for run in runs {
      var line = try pipe.line()
      while line.starts(with: Array("values ".utf8)) {
        let count = Int(String(decoding: line.dropFirst(7), as: UTF8.self)) ?? 0
        try answer(count, game)
        line = try pipe.line()
      }
      try answered(run, JSONDecoder().decode(Answer.self, from: Data(line)))
    }
  }

  private func answer(_ count: Int, _ game: any Game) throws {
    var coalitions = Coalitions(playerCount: game.playerCount)
    let size = coalitions.wordsPerCoalition
    let bytes = try pipe.bytes(count * size * 8)
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: size * 8) {
      coalitions.append(
        (0..<size).map { word in
          (0..<8).reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64(bytes[start + word * 8 + $1])
          }
        })
    }
    let values = try game.values(of: coalitions)
    try pipe.write(
      values.flatMap { value in
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
      })
  }

  /// Closes the process's standard input, which ends it.
  func finish() throws {
    try pipe.close()
    process.waitUntilExit()
  }
}
