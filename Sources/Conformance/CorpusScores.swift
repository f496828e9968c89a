/// The scores of a few texts, told by one process to another.
enum CorpusScores {
  static let texts = Array(Corpus.texts.prefix(12))

  /// The bits of all scores.
  static func text(_ subject: Subject) throws -> String {
    let scores = try subject.open().scores(texts).joined()
    return scores.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
  }

  /// The scores that a process with other environment variables gets.
  static func inAnotherProcess(_ subject: Subject, variables: [String]) throws -> [[Double]] {
    let answer = try HelperProcess.scores.ask(subject.request, variables: variables)
    let scores = answer.split(separator: " ").compactMap {
      UInt64($0, radix: 16).map(Double.init(bitPattern:))
    }
    guard scores.count % texts.count == 0, !scores.isEmpty else {
      throw Violation("another process gives \(scores.count) scores")
    }
    let outputs = scores.count / texts.count
    return texts.indices.map { Array(scores[$0 * outputs..<($0 + 1) * outputs]) }
  }
}
