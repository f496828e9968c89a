import Foundation

/// `make bench`: our times beside those of the Python peers, measured in the same run on the same machine.
///
/// Machines are noisy, so that the ratios say more than the figures.
@main
enum Benchmarks {
  /// 20 words.
  static let sentence =
    "I really did not expect to like this quiet little film, but the acting was great and it moved me"

  static func main() throws {
    if CommandLine.arguments.dropFirst() == ["--worker"] { return try WorkerBenchmark.run() }
    if CommandLine.arguments.dropFirst() == ["--lime-accuracy"] {
      return try LimeAccuracyBenchmark.run()
    }
    guard CommandLine.arguments.count == 3, CommandLine.arguments[1] == "--python" else {
      print(
        "usage: Benchmarks --python PATH   (run by make bench)   or: Benchmarks --worker"
          + "   or: Benchmarks --lime-accuracy")
      exit(64)
    }
    // First of all: the peak of a program that is started counts what its parent used before.
    let processes = try ProcessBenchmark(sentence: sentence)
    print("Measuring the Python peers …")
    let peers = try Peers.measure(python: CommandLine.arguments[2], sentence: sentence)
    try SegmentationBenchmark.run()
    try LimeBenchmark.run(peers: peers)
    try LimeAccuracyBenchmark.run()
    try ShapleyBenchmark.run(peers: peers)
    try SentimentBenchmark.run(peers: peers, sentence: sentence)
    try WorkerBenchmark.run()
    processes.table(beside: peers).print()
  }
}
