import CTextExplain
import Classification

/// A plugin's classifier, running in this process.
public final class PluginClassifier: HostedClassifier {
  /// What the classifier says of itself.
  public let description: ClassifierDescription
  /// The library it comes from.
  public let file: PluginFile

  let instance: PluginInstance
  let validator: ScoreValidator
  /// For calls whose terms nobody else sets.
  let policy: CallPolicy
  /// Reused from batch to batch.
  private var texts: [tx_text] = []

  /// Finds, checks and loads a plugin and opens its first classifier.
  ///
  /// - Parameters:
  ///   - name: a name or a path, see ``PluginLocator``.
  ///   - options: as the user gave them.
  ///   - environment: where to search, and where relative paths in options start.
  ///   - hostVersion: this program's version, told to the plugin.
  ///   - log: receives what the plugin logs, on any thread.
  /// - Throws: ``PluginError``.
  public static func open(
    _ name: String, options: [PluginOption] = [],
    environment: PluginSearchEnvironment = .current(), hostVersion: String = "unversioned",
    log: @escaping PluginLog = { _ in }
  ) throws(PluginError) -> PluginClassifier {
    let path = try PluginLocator(environment).search(name).foundPath()
    let library = try PluginLibrary(loading: try PluginFile(checking: path))
    return try PluginClassifier(
      library, options: options, environment: environment, hostVersion: hostVersion, log: log)
  }

  /// Opens the first classifier of a loaded library.
  ///
  /// - Throws: ``PluginError`` with code `invalidOption`, `unusableModel` or `openFailed`.
  public convenience init(
    _ library: PluginLibrary, options: [PluginOption], environment: PluginSearchEnvironment,
    hostVersion: String, log: @escaping PluginLog
  ) throws(PluginError) {
    try self.init(
      library, options: options, environment: environment, hostVersion: hostVersion,
      policy: CallPolicy(), log: log)
  }

  /// - Parameters:
  ///   - policy: the terms of every call whose own are not given.
  ///   - terms: those of opening the model.
  init(
    _ library: PluginLibrary, options: [PluginOption], environment: PluginSearchEnvironment,
    hostVersion: String, policy: CallPolicy = CallPolicy(), opening terms: CallTerms? = nil,
    log: @escaping PluginLog
  ) throws(PluginError) {
    let descriptor = library.classifiers[0]
    let checker = OptionChecker(
      specifications: descriptor.options, classifier: descriptor.name,
      workingDirectory: environment.workingDirectory, home: environment.home)
    instance = try PluginInstance(
      descriptor, options: try checker.canonical(options), hostVersion: hostVersion,
      terms: terms ?? policy.terms, log: log)
    self.policy = policy
    description = try ClassifierDescription(instance)
    validator = ScoreValidator(description)
    file = library.file
  }

  /// Scores texts in calls of at most `maximumBatch` each.
  ///
  /// - Throws: ``ClassifierError``.
  public func scores(of batch: TextBatch) throws(ClassifierError) -> ScoreMatrix {
    try description.checkLengths(of: batch)
    let scores = try uncheckedScores(of: batch, on: policy.terms)
    try validator.validate(scores, of: batch)
    return scores
  }

  /// Scores texts; whoever asked checks lengths and scores.
  func uncheckedScores(
    of batch: TextBatch, on terms: CallTerms
  ) throws(ClassifierError) -> ScoreMatrix {
    var filler = ScoreFiller(rows: batch.count, description)
    let failure = batch.bytes.withUnsafeBytes { bytes in
      texts.removeAll(keepingCapacity: true)
      for index in 0..<batch.count {
        let range = batch.range(of: index)
        let start = bytes.baseAddress?.advanced(by: range.lowerBound)
        texts.append(tx_text(data: start?.assumingMemoryBound(to: CChar.self), len: range.count))
      }
      return texts.withUnsafeBufferPointer { texts in
        terms.withContract { call in
          filler.fill { rows, scores in
            PluginFailure.of { error in
              instance.descriptor.functions.predict(
                instance.handle, call, texts.baseAddress?.advanced(by: rows.lowerBound),
                rows.count, scores, error)
            }
          }
        }
      }
    }
    if let failure {
      let first = batch.bytes[batch.range(of: failure.rows.lowerBound)]
      throw failure.failure.scoringError(
        plugin: description.name,
        step: "scoring texts \(failure.rows.lowerBound) to \(failure.rows.upperBound - 1), "
          + "the first \(TextExcerpt(of: first))")
    }
    return filler.scores
  }

  /// Prepares a text with the plugin's own fast path, extension `masked/1`.
  ///
  /// - Returns: nil where the plugin lacks it, does not support this kind of absence or declines this text.
  /// - Throws: ``ClassifierError``.
  public func maskedScorer(for masking: Masking) throws(ClassifierError) -> (any MaskedScorer)? {
    try PluginMaskedScorer.prepare(masking, for: self, on: policy.terms)
  }
}
