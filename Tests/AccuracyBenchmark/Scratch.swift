import Foundation
import Synchronization

/// A file of JSON lines that keeps answers between runs, by key.
///
/// Lines that cannot be read, as after an interrupted run, are left out.
final class Scratch<Answer: Codable & Sendable>: Sendable {
  private struct Line: Codable {
    let key: String
    let answer: Answer
  }

  private let state: Mutex<(answers: [String: Answer], file: FileHandle)>

  init(folder: String, file name: String) throws {
    let folder = URL(filePath: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: name).path
    if !FileManager.default.fileExists(atPath: path) {
      guard FileManager.default.createFile(atPath: path, contents: nil) else {
        throw BenchmarkError("cannot write \"\(path)\"")
      }
    }
    var answers: [String: Answer] = [:]
    let decoder = JSONDecoder()
    for line in try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")) {
      guard let line = try? decoder.decode(Line.self, from: line) else { continue }
      answers[line.key] = line.answer
    }
    guard let file = FileHandle(forUpdatingAtPath: path) else {
      throw BenchmarkError("cannot write \"\(path)\"")
    }
    try file.seekToEnd()
    state = Mutex((answers, file))
  }

  subscript(key: String) -> Answer? { state.withLock { $0.answers[key] } }

  func keep(_ answer: Answer, for key: String) throws {
    let line = try JSONEncoder().encode(Line(key: key, answer: answer))
    try state.withLock { state in
      state.answers[key] = answer
      try state.file.write(contentsOf: line + [UInt8(ascii: "\n")])
    }
  }
}
