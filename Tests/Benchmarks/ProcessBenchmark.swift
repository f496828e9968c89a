import Foundation

/// The whole command, from start to exit.
struct ProcessBenchmark {
  private let worker: (cpu: Double, memory: Double)
  private let inProcess: (cpu: Double, memory: Double)

  init(sentence: String) throws {
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let tool = folder.appending(path: "textexplain").path
    let command = [sentence, "--plugin", "sentiment.so", "--format", "json", "-o", "/dev/null"]
    worker = try Self.best(tool, command)
    inProcess = try Self.best(tool, command + ["--in-process"])
  }

  func table(beside peers: Peers) -> Table {
    var table = Table(
      title: "Whole process, 20 words, Shapley and LIME (best CPU of 20 runs)",
      columns: ["", "CPU ms", "peak MiB", "times our CPU"])
    for (name, ours) in [
      ("textexplain, plugin in a worker", worker), ("textexplain --in-process", inProcess),
    ] {
      table.rows.append([name] + [ours.cpu, ours.memory, ours.cpu / worker.cpu].map(short))
    }
    for name in ["lime", "shap"] {
      guard let peer = peers.wholeProcess[name] else { continue }
      table.rows.append(
        [name] + [peer.cpuMilliseconds, peer.peakMiB, peer.cpuMilliseconds / worker.cpu].map(short))
    }
    return table
  }

  /// The least CPU milliseconds and the most MiB of 20 runs; of program and worker, the larger.
  private static func best(
    _ tool: String, _ arguments: [String]
  ) throws -> (cpu: Double, memory: Double) {
    let runs = try (0..<20).map { _ in try cost(tool, arguments) }
    return (
      runs.map(\.cpuMilliseconds).min() ?? .nan, runs.map(\.peakMiB).max() ?? .nan
    )
  }

  private static func cost(_ path: String, _ arguments: [String]) throws -> Peers.ProcessCost {
    var strings: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { strings.forEach { free($0) } }
    var child: pid_t = 0
    guard posix_spawn(&child, path, nil, nil, &strings, environ) == 0 else {
      throw CocoaError(.fileNoSuchFile)
    }
    var status: Int32 = 0
    var usage = rusage()
    wait4(child, &status, 0, &usage)
    guard status == 0 else { throw CocoaError(.executableLoad) }
    return Peers.ProcessCost(
      cpuMilliseconds: milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
      peakMiB: Double(usage.ru_maxrss) / 1024)
  }

  private static func milliseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1e3 + Double(time.tv_usec) / 1e3
  }
}
