/// The scores of a few texts, told by one process to another.
enum CorpusScores {
  /// The same texts for every process that opens the model.
  static func texts(for model: OpenModel) throws -> [[UInt8]] {
    Array(try model.readable(Corpus.texts).prefix(12))
  }

  /// The bits of all scores, text by text.
  static func text(_ subject: Subject) throws -> String {
    let model = try subject.open()
    return try model.scores(texts(for: model)).map { row in
      row.map { String($0.bitPattern, radix: 16) }.joined(separator: " ")
    }.joined(separator: ",")
  }

  /// The scores that a process with other environment variables gets.
  static func inAnotherProcess(_ subject: Subject, variables: [String]) throws -> [[Double]] {
    let answer = try HelperProcess.scores.ask(subject.request, variables: variables)
    return answer.split(separator: ",").map { row in
      row.split(separator: " ").compactMap {
        UInt64($0, radix: 16).map(Double.init(bitPattern:))
      }
    }
  }
}
