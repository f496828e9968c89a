import Foundation

/// The whole command, from start to exit.
enum ProcessBenchmark {
  static func run(peers: Peers, sentence: String) throws {
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let tool = folder.appending(path: "textexplain").path
    let runs = try (0..<20).map { _ in
      try cost(tool, [sentence, "--plugin", "sentiment.so", "--format", "json", "-o", "/dev/null"])
    }
    let cpu = runs.map(\.cpuMilliseconds).min() ?? .nan
    let memory = runs.map(\.peakMiB).max() ?? .nan
    var table = Table(
      title: "Whole process, 20 words, Shapley and LIME (best CPU of 20 runs)",
      columns: ["", "CPU ms", "peak MiB", "times our CPU"])
    table.rows.append(["textexplain", short(cpu), short(memory), "1"])
    for name in ["lime", "shap"] {
      guard let peer = peers.wholeProcess[name] else { continue }
      table.rows.append(
        [name, short(peer.cpuMilliseconds), short(peer.peakMiB), short(peer.cpuMilliseconds / cpu)])
    }
    table.print()
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
