import Foundation

/// What `peers.py` measured.
struct Peers: Decodable {
  struct ProcessCost: Decodable {
    let cpuMilliseconds: Double
    let peakMiB: Double
  }

  let wholeProcess: [String: ProcessCost]
  let limeNanosecondsPerSample: [String: Double]
  let shapExactMilliseconds: Double
  let vaderMicrosecondsPerText: Double

  static func measure(python: String, sentence: String) throws -> Peers {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peers.py")
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [script.path, sentence]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Peers.self, from: data)
  }
}
