import Conformance
import PluginHost
import Rendering

/// What `plugin check` prints.
struct CheckReport {
  let file: PluginFile
  /// As the user gave them.
  let options: [String]
  let seed: UInt64
  let timeLimit: Double?
  let results: [CheckResult]

  /// A table with a line a check; failures are followed by the command that repeats just them.
  var text: [UInt8] {
    var lines = [file.path]
    for result in results {
      let outcome = result.outcome
      let id = result.check.id + String(repeating: " ", count: max(0, 24 - result.check.id.count))
      let word = outcome.word + String(repeating: " ", count: 8 - outcome.word.count)
      lines.append("\(result.check.level)  \(id)\(word)\(visible(outcome.reason ?? ""))".trimmed)
      if outcome.isFailure {
        lines.append("   must: \(result.check.title)")
        lines.append("   again: \(visible(command(repeating: result)))")
      }
    }
    let counts = ["pass", "warn", "skip", "fail", "crash", "timeout"].compactMap { word in
      let count = results.filter { $0.outcome.word == word }.count
      return count > 0 ? "\(count) \(word)" : nil
    }
    lines.append(counts.joined(separator: ", "))
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// One object with everything.
  var json: [UInt8] {
    let checks = results.map { result in
      JSONValue.object([
        "id": .string(result.check.id), "level": .integer(result.check.level),
        "title": .string(result.check.title), "result": .string(result.outcome.word),
        "reason": result.outcome.reason.map { .string($0) },
        "milliseconds": .integer(Int(result.seconds * 1000)),
        "again": result.outcome.isFailure ? .string(command(repeating: result)) : nil,
      ])
    }
    return JSONRenderer(style: .pretty).render(
      .object([
        "schemaVersion": .string("1"), "file": .string(file.path), "sha256": .string(file.sha256),
        "seed": .unsigned(seed), "passed": .bool(!results.contains { $0.outcome.isFailure }),
        "checks": .array(checks),
      ]))
  }

  /// Names the file that was checked: from a name it would be searched for again, and elsewhere.
  private func command(repeating result: CheckResult) -> String {
    let options = options.flatMap { ["--option", $0] }
    let limit = timeLimit.map { ["--time-limit", "\($0)"] } ?? []
    return
      (["textexplain", "plugin", "check", file.path] + options
      + ["--only", result.check.id, "--seed", "\(seed)"] + limit)
      .map(shellQuoted).joined(separator: " ")
  }

  /// A word as a shell reads it.
  private func shellQuoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./=,:".utf8.contains(byte)
      }
    }
    if isPlain && !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
