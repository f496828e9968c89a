import Classification

/// A program's answer to one question: a row of scores for each text, or why there is none.
struct ProgramAnswer {
  let scores: ScoreMatrix

  private struct Fields: Decodable {
    var id: Int
    var scores: [[Double?]]?
    var truncated: [Bool]?
    var error: String?
  }

  /// Reads the answer to a question.
  ///
  /// - Parameters:
  ///   - id: the question's.
  ///   - rows: the number of its texts.
  /// - Throws: ``ProgramFault`` where it is no answer to this question, and where it is an error.
  init(_ line: [UInt8], id: Int, rows: Int, labels: [String]) throws(ProgramFault) {
    let outputs = labels.count
    func fault(
      _ what: String, _ code: ClassifierError.Code = .crashed, help: String? = nil
    ) -> ProgramFault {
      ProgramFault(
        code,
        "answered question \(id) (\(rows == 1 ? "1 text" : "\(rows) texts")) with a line \(what)",
        line: line,
        help: help
          ?? "the answer is {\"id\": \(id), \"scores\": [[…], …]} in one line: for each text a list of "
          + "\(outputs == 1 ? "1 number" : "\(outputs) numbers"), one a label, or {\"id\": \(id), \"error\": \"…\"}; "
          + "everything else belongs on standard error")
    }
    let fields: Fields
    switch ProgramLine.decode(Fields.self, from: line) {
    case .success(let value): fields = value
    case .failure(let reason):
      if let word = Self.notANumber(in: line) {
        throw fault("that has the score \(word)", .notFinite, help: Self.finiteHelp)
      }
      throw fault(reason.what)
    }
    guard fields.id == id else {
      throw fault(
        "that has the id \(fields.id)",
        help: "answers come in the order of the questions, with their ids")
    }
    if let error = fields.error {
      throw ProgramFault(
        .classifierFailed,
        error.isEmpty ? "says that it cannot score, and not why" : "says that it cannot score",
        line: error.isEmpty ? nil : Array(error.utf8),
        help: "that is what the program itself answered to question \(id)")
    }
    guard let table = fields.scores else { throw fault("without \"scores\"") }
    guard table.count == rows else { throw fault("that has \(table.count) rows of scores") }
    var scores = ScoreMatrix(rows: rows, outputs: outputs)
    for (row, values) in table.enumerated() {
      guard values.count == outputs else {
        throw fault("whose row \(row) has \(values.count) scores instead of \(outputs)")
      }
      for (column, value) in values.enumerated() {
        guard let value, value.isFinite else {
          let shown = value.map { "\($0)" } ?? "null"
          throw fault(
            "that has the score \(shown) for label \(TextExcerpt(of: labels[column])) in row \(row)",
            .notFinite,
            help: Self.finiteHelp)
        }
        scores.values[row * outputs + column] = value
      }
    }
    if let truncated = fields.truncated {
      guard truncated.count == rows else {
        throw fault("whose \"truncated\" has \(truncated.count) entries instead of \(rows)")
      }
      for (row, isTruncated) in truncated.enumerated() where isTruncated {
        scores.flags[row].insert(.truncated)
      }
    }
    self.scores = scores
  }

  private static let finiteHelp = "scores have to be finite numbers"

  /// What programs write for numbers that JSON does not have, where the line has any outside its strings.
  private static func notANumber(in line: [UInt8]) -> String? {
    let words = ["NaN", "-Infinity", "Infinity", "nan", "-inf", "inf"]
    let text = String(decoding: line, as: UTF8.self)
    // Every second part lies between quotation marks; such a line has no others.
    for part in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    where part.offset.isMultiple(of: 2) {
      if let word = words.first(where: part.element.contains) { return word }
    }
    return nil
  }
}
