import Classification
import Foundation
import PluginHost

/// What a process of its own costs: a batch of short texts, and the start.
enum WorkerBenchmark {
  static func run() throws {
    var hosting = PluginHosting()
    hosting.threads = 1
    let worker = try hosting.open("sentiment.so")
    let here = try PluginClassifier.open("sentiment.so")
    var table = Table(
      title: "A worker against the same plugin in this process, µs a batch of short texts",
      columns: ["texts", "worker", "in process", "difference", "ratio"])
    for rows in [1, 16, 256, 4096] {
      let texts = TextBatch((0..<rows).map { "a good film \($0)" })
      for _ in 0..<20 {
        _ = try worker.scores(of: texts)
        _ = try here.scores(of: texts)
      }
      let repetitions = rows > 1000 ? 50 : 400
      let there = try median(of: repetitions) { _ = try worker.scores(of: texts) }
      let inside = try median(of: repetitions) { _ = try here.scores(of: texts) }
      table.rows.append(
        [String(rows)]
          + [there * 1e6, inside * 1e6, (there - inside) * 1e6, there / inside].map(short))
    }
    table.print()

    let path = worker.file.path
    let stage = try best(of: 60) { _ = try hosting.describe(path) }
    let open = try best(of: 60) { _ = try hosting.open(path) }
    let library = try best(of: 60) { _ = try PluginFile(checking: path) }
    var starts = Table(
      title: "Start and end of a worker, ms (sentiment.so, best of 60)",
      columns: ["one stage", "open, which is one stage here", "of which hashing the file"])
    starts.rows.append([stage * 1e3, open * 1e3, library * 1e3].map(short))
    starts.print()
  }

  /// The median of several runs, in seconds.
  private static func median(of repetitions: Int, _ action: () throws -> Void) rethrows -> Double {
    let times = try (0..<repetitions).map { _ in try best(of: 1, action) }
    return times.sorted()[repetitions / 2]
  }
}
