import Glibc

/// Asks the checks' questions, each in a process of its own, which a bad plugin may take down.
package struct CheckRunner: Sendable {
  private let request: CheckRequest

  /// Makes a runner.
  ///
  /// - Parameter request: names plugin, seed and options; its id does not matter.
  package init(_ request: CheckRequest) { self.request = request }

  /// Runs one check.
  package func run(_ check: Check) -> CheckResult {
    var request = self.request
    request.id = check.id
    let start = monotonicSeconds()
    let outcome: CheckResult.Outcome
    do {
      let process = try request.start(timeLimit: request.seconds, hasOwnGroup: true)
      let ending = Self.outcome(of: process, timeLimit: request.seconds)
      outcome = Self.outcome(ending, of: check, output: process.output)
    } catch let violation as Violation {
      outcome = .fail(violation.reason)
    } catch {
      outcome = .fail("\(error)")
    }
    return CheckResult(check: check, outcome: outcome, seconds: monotonicSeconds() - start)
  }

  /// Some things are written only when a process ends, after the check has given its verdict.
  private static func outcome(
    _ ending: CheckResult.Outcome, of check: Check, output: [UInt8]
  ) -> CheckResult.Outcome {
    guard check.id == Check.quiet.id, !ending.isFailure, !output.isEmpty else { return ending }
    return .fail("it prints \(quoted(output)) when the process ends")
  }

  static func outcome(
    of process: CheckProcess, timeLimit: Double
  ) -> CheckResult.Outcome {
    let step = process.lines.last { $0.hasPrefix("@") }?.dropFirst() ?? "starting"
    let deed: String
    switch process.ending {
    case .outOfTime:
      let seconds = timeLimit == timeLimit.rounded() ? "\(Int(timeLimit))" : "\(timeLimit)"
      return .timeout("still at \(step) after \(seconds) s")
    case .saysTooMuch:
      return .fail("it makes more of an answer than \(CheckProcess.progressLimit) bytes")
    case .signal(let number):
      let words = lastWords(process.output).map { ": \($0)" } ?? ""
      return .crash("\(signalName(number)) during \(step)\(words)")
    case .exit(let code): deed = "ended the process with exit code \(code)"
    case .unknown: deed = "ended the process"
    }
    guard let verdict = process.lines.last, verdict.hasPrefix("="),
      let tab = verdict.firstIndex(of: "\t")
    else {
      return .crash("the plugin \(deed) during \(step)")
    }
    let reason = String(verdict[verdict.index(after: tab)...])
    switch verdict[verdict.index(after: verdict.startIndex)..<tab] {
    case "pass": return .pass
    case "warn": return .warn(reason)
    case "skip": return .skip(reason)
    default: return .fail(reason)
    }
  }

  /// The last line that a process wrote before it died: what it threw, for example.
  private static func lastWords(_ output: [UInt8]) -> String? {
    String(decoding: output.suffix(400), as: UTF8.self).split(separator: "\n").last.map(String.init)
  }

  private static func signalName(_ number: Int32) -> String {
    let names: [Int32: String] = [
      SIGSEGV: "SIGSEGV", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGILL: "SIGILL", SIGFPE: "SIGFPE",
      SIGTRAP: "SIGTRAP", SIGKILL: "SIGKILL", SIGSYS: "SIGSYS", SIGTERM: "SIGTERM",
    ]
    return names[number] ?? "signal \(number)"
  }
}
