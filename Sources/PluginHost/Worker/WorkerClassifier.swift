import Classification

/// A plugin's classifier, running in a process of its own.
///
/// A crash, hang, exhausted memory or stray output of the plugin becomes an error, and the next call finds a fresh
/// process.
public final class WorkerClassifier: HostedClassifier {
  /// What the classifier says of itself.
  public let description: ClassifierDescription
  /// The library it comes from.
  public let file: PluginFile

  private let crew: WorkerCrew
  private let validator: ScoreValidator
  private var preparedCount = 0

  /// Opens a checked plugin's first classifier.
  ///
  /// - Throws: ``PluginError``.
  init(
    _ launcher: WorkerLauncher, options: [PluginOption], environment: PluginSearchEnvironment
  ) throws(PluginError) {
    crew = try WorkerModel.open(launcher, options: options, environment: environment)
    description = crew.description
    file = launcher.file
    validator = ScoreValidator(description)
  }

  /// The number of processes in use.
  public var workerCount: Int { crew.count }

  /// Scores texts.
  ///
  /// - Throws: `ClassifierError`; where the worker dies or hangs, its message names the text that does it.
  public func scores(of batch: TextBatch) throws(ClassifierError) -> ScoreMatrix {
    try description.checkLengths(of: batch)
    let outcome = try crew.run(TextJob(batch: batch), stopsAtFirst: true)
    if let first = outcome.failures.min(by: { $0.key < $1.key }) { throw first.value }
    try validator.validate(outcome.scores, of: batch)
    return outcome.scores
  }

  /// Scores texts of which some may fail without harm to the others.
  ///
  /// - Returns: the scores, NaN and flagged `failed` in the rows of `failures`.
  /// - Throws: `ClassifierError` where no text can be scored any more.
  /// - Complexity: each text that kills its worker costs about log₂(texts) restarts.
  public func scoresWithFailures(
    of batch: TextBatch
  ) throws(ClassifierError) -> (scores: ScoreMatrix, failures: [Int: ClassifierError]) {
    var readable = TextBatch()
    var rows: [Int] = []
    var failures: [Int: ClassifierError] = [:]
    for row in 0..<batch.count {
      do throws(ClassifierError) {
        try description.checkLength(of: batch.bytes[batch.range(of: row)])
        readable.append(batch.bytes, range: batch.range(of: row))
        readable.endText()
        rows.append(row)
      } catch {
        failures[row] = error
      }
    }
    let outcome = try crew.run(TextJob(batch: readable), stopsAtFirst: false)
    let outputs = description.labels.count
    var scores = ScoreMatrix(rows: batch.count, outputs: outputs)
    for (index, row) in rows.enumerated() {
      var error = outcome.failures[index]
      let values = outcome.scores[row: index]
      if error == nil {
        var single = ScoreMatrix(rows: 1, outputs: outputs)
        single.values = Array(values)
        single.flags[0] = outcome.scores.flags[index]
        do throws(ClassifierError) {
          try validator.validate(single) { _ in batch.bytes[batch.range(of: row)] }
        } catch let fault {
          error = fault
        }
      }
      failures[row] = error
      scores.values.replaceSubrange(row * outputs..<(row + 1) * outputs, with: values)
      scores.flags[row] = outcome.scores.flags[index]
    }
    for row in failures.keys {
      for column in 0..<outputs { scores.values[row * outputs + column] = .nan }
      scores.flags[row].insert(.failed)
    }
    return (scores, failures)
  }

  /// Prepares a text with the plugin's own fast path, extension `masked/1`.
  ///
  /// - Returns: nil where the plugin lacks it, does not support this kind of absence or declines this text.
  /// - Throws: `ClassifierError`.
  public func maskedScorer(for masking: Masking) throws(ClassifierError) -> (any MaskedScorer)? {
    try description.checkLength(of: masking.text[...])
    preparedCount += 1
    let request = PrepareRequest(id: preparedCount, masking: masking)
    return try crew.prepare(request)
      ? WorkerMaskedScorer(crew, request, validator) : nil
  }

  /// The byte ranges of the plugin's own tokens, by its extension `tokens/1`.
  ///
  /// - Returns: nil where the plugin lacks it.
  /// - Throws: `ClassifierError`.
  public func tokens(of text: [UInt8]) throws(ClassifierError) -> [Range<Int>]? {
    try description.checkLength(of: text[...])
    return try crew.tokens(of: text)
  }

  /// Tells about how many rows will be asked for: more processes start only where there is much to do.
  public func expect(rows: Int) { crew.expect(rows: rows) }
}

/// A text prepared by a plugin in its worker, or in several.
final class WorkerMaskedScorer: MaskedScorer {
  private let crew: WorkerCrew
  private let request: PrepareRequest
  private let validator: ScoreValidator

  init(_ crew: WorkerCrew, _ request: PrepareRequest, _ validator: ScoreValidator) {
    self.crew = crew
    self.request = request
    self.validator = validator
  }

  deinit { crew.release(request.id) }

  func scores(
    ofMasks masks: ArraySlice<UInt64>, rows: Int
  ) throws(ClassifierError) -> ScoreMatrix {
    let masking = request.masking
    precondition(masks.count == rows * masking.wordsPerMask)
    let job = MaskJob(prepared: request, masks: masks, rows: rows)
    let outcome = try crew.run(job, stopsAtFirst: true)
    if let first = outcome.failures.min(by: { $0.key < $1.key }) { throw first.value }
    try validator.validate(outcome.scores) { masking.rendering(ofRow: $0, in: masks) }
    return outcome.scores
  }
}
