import Foundation
import Synchronization

/// The errors that peers were measured to have, which stay in the repository: to measure them anew takes hours.
///
/// A folder of tables, one for each kind and size of games, of tab-separated values. A row is a game, by its fingerprint,
/// a budget in evaluations a player, and a seed; a column is a peer and the version of its package. A cell is an error of
/// three digits, or the reason why there is none; it is empty where a run was not made. A peer of another version has
/// another column; columns of peers that are not run any more go when the table is next written, and rows of games that are
/// not made any more stay.
final class PeerRecord: Sendable {
  /// A game, by its fingerprint, a budget and a seed.
  struct Row: Hashable, Comparable, Sendable {
    let game: String
    let multiple: Int
    let seed: Int

    static func < (left: Row, right: Row) -> Bool {
      (left.game, left.multiple, left.seed) < (right.game, right.multiple, right.seed)
    }
  }

  /// What was measured, and where it stands.
  struct Key: Hashable, Sendable {
    let row: Row
    let peer: String
  }

  private typealias Table = [Key: Measurement.Outcome]

  private let folder: URL
  /// The peers with the versions of their packages, in the order of the columns.
  private let columns: [(peer: String, heading: String)]
  private let tables: Mutex<[String: Table]>

  /// Reads what is there.
  ///
  /// - Parameter versions: The version of the package of each peer.
  init(folder: String, versions: [String: String]) throws {
    let folder = URL(filePath: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let columns = versions.sorted { $0.key < $1.key }
      .map { (peer: $0.key, heading: "\($0.key) (\($0.value))") }
    var tables: [String: Table] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where file.hasSuffix(".tsv") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      tables[String(file.dropLast(4))] = try Self.table(text, columns, in: file)
    }
    self.folder = folder
    self.columns = columns
    self.tables = Mutex(tables)
  }

  /// What is known of a run on a game of a kind and size.
  subscript(table: String, key: Key) -> Measurement.Outcome? {
    tables.withLock { $0[table]?[key] }
  }

  /// The cells of a table that are given up: three runs on the games gave no answer so far, and those are more than the
  /// report leaves out.
  ///
  /// - Parameter games: The fingerprints of the games that are reported.
  func givenUp(in table: String, games: Set<String>) -> Set<PeerCell> {
    let known = tables.withLock { $0[table] ?? [:] }
    let cells = Dictionary(grouping: known.filter { games.contains($0.key.row.game) }) {
      PeerCell(peer: $0.key.peer, multiple: $0.key.row.multiple)
    }
    return Set(
      cells.filter { _, runs in
        let answered = runs.count { $0.value.error != nil }
        return runs.count - answered >= 3 && !ErrorTable.isEnough(answered, of: runs.count)
      }.keys)
  }

  /// Takes up what was measured, and writes the table.
  func keep(_ outcomes: [Key: Measurement.Outcome], in table: String) throws {
    try tables.withLock { tables in
      let whole = (tables[table] ?? [:]).merging(outcomes.mapValues(Self.recorded)) { $1 }
      tables[table] = whole
      try Data(text(whole).utf8).write(
        to: folder.appending(path: table + ".tsv"), options: .atomic)
    }
  }

  private func text(_ table: Table) -> String {
    let lines = Set(table.keys.map(\.row)).sorted().map { row in
      let cells = columns.map { column in
        switch table[Key(row: row, peer: column.peer)] {
        case .error(let error): Self.threeDigits(error)
        case .reason(let reason): reason
        case nil: ""
        }
      }
      return [row.game, "\(row.multiple)", "\(row.seed)"] + cells
    }
    return ([["game", "multiple", "seed"] + columns.map(\.heading)] + lines)
      .map { $0.joined(separator: "\t") + "\n" }.joined()
  }

  private static func table(
    _ text: String, _ columns: [(peer: String, heading: String)], in file: String
  ) throws -> Table {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let peers = lines.first?.dropFirst(3).map { heading in
      columns.first { $0.heading == heading }?.peer
    }
    var table: Table = [:]
    for line in lines.dropFirst() {
      guard let peers, line.count == peers.count + 3, let multiple = Int(line[1]),
        let seed = Int(line[2])
      else { throw BenchmarkError("\(file) has a row that is not like its heading") }
      let row = Row(game: line[0], multiple: multiple, seed: seed)
      for (peer, cell) in zip(peers, line.dropFirst(3)) {
        guard let peer, !cell.isEmpty else { continue }
        table[Key(row: row, peer: peer)] =
          Double(cell).map { .error($0) } ?? .reason(cell)
      }
    }
    return table
  }

  /// An outcome as it is read again, so that a report is the same whether peers were run or not.
  private static func recorded(_ outcome: Measurement.Outcome) -> Measurement.Outcome {
    outcome.error.flatMap { Double(threeDigits($0)) }.map { .error($0) } ?? outcome
  }

  /// Half a per cent is less than an error differs by from one seed to the next.
  private static func threeDigits(_ error: Double) -> String { String(format: "%.2e", error) }
}
