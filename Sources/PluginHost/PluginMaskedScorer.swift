import CTextExplain
import Classification

/// A text prepared by a plugin's extension `masked/1`.
///
/// Invariant: `prepared` belongs to the classifier's instance, which this object keeps alive, and is released
/// once, when this object dies.
final class PluginMaskedScorer: MaskedScorer {
  private typealias Score =
    @convention(c) (
      OpaquePointer?, OpaquePointer?, UnsafePointer<tx_call>?, UnsafePointer<UInt64>?, Int, Int,
      UnsafeMutablePointer<tx_scores>?, UnsafeMutablePointer<tx_error>?
    ) -> tx_result
  private typealias Release = @convention(c) (OpaquePointer?, OpaquePointer?) -> Void

  private let classifier: PluginClassifier
  let masking: Masking
  private let prepared: OpaquePointer
  private let score: Score
  private let release: Release

  private init(
    _ classifier: PluginClassifier, _ masking: Masking, _ prepared: OpaquePointer,
    _ score: Score, _ release: Release
  ) {
    self.classifier = classifier
    self.masking = masking
    self.prepared = prepared
    self.score = score
    self.release = release
  }

  deinit { release(classifier.instance.handle, prepared) }

  /// Prepares a text.
  ///
  /// - Returns: nil where the plugin has no such extension, does not support this kind of absence or declines
  ///   the text.
  /// - Throws: `ClassifierError`.
  static func prepare(
    _ masking: Masking, for classifier: PluginClassifier, on terms: CallTerms
  ) throws(ClassifierError) -> PluginMaskedScorer? {
    let instance = classifier.instance
    let name = classifier.description.name
    guard let table = instance.table(of: TX_EXT_MASKED, as: tx_ext_masked.self) else { return nil }
    let mode =
      switch masking.absent {
      case .remove: TX_ABSENT_REMOVE
      case .replace: TX_ABSENT_REPLACE
      case .model: TX_ABSENT_MODEL_MASK
      }
    guard (table[\.absent_modes] ?? 0) & (1 << UInt32(mode)) != 0 else { return nil }
    guard let prepare = table[\.prepare], let score = table[\.score], let release = table[\.release]
    else { throw breach(name, "its table of \(TX_EXT_MASKED) lacks a function") }

    try classifier.description.checkLength(of: masking.text[...])
    var prepared: OpaquePointer?
    let failure = withContractMasking(masking, mode: Int32(mode)) { what in
      PluginFailure.of { error in
        terms.withContract { prepare(instance.handle, $0, what, &prepared, error) }
      }
    }
    if let failure {
      if Int(failure.code) == TX_E_UNSUPPORTED { return nil }
      throw failure.scoringError(
        plugin: name, step: "preparing the text \(TextExcerpt(of: masking.text))")
    }
    guard let prepared else { throw breach(name, "prepare succeeds without a result") }
    return PluginMaskedScorer(classifier, masking, prepared, score, release)
  }

  func scores(
    ofMasks masks: ArraySlice<UInt64>, rows: Int
  ) throws(ClassifierError) -> ScoreMatrix {
    let scores = try uncheckedScores(ofMasks: masks, rows: rows, on: classifier.policy.terms)
    try classifier.validator.validate(scores) { masking.rendering(ofRow: $0, in: masks) }
    return scores
  }

  /// Scores subsets; whoever asked checks the scores.
  func uncheckedScores(
    ofMasks masks: ArraySlice<UInt64>, rows: Int, on terms: CallTerms
  ) throws(ClassifierError) -> ScoreMatrix {
    let words = masking.wordsPerMask
    precondition(masks.count == rows * words)
    let description = classifier.description
    var filler = ScoreFiller(rows: rows, description)
    let failed = masks.withUnsafeBufferPointer { masks in
      terms.withContract { call in
        filler.fill { rows, scores in
          PluginFailure.of { error in
            score(
              classifier.instance.handle, prepared, call,
              masks.baseAddress?.advanced(by: rows.lowerBound * words), rows.count, words, scores,
              error)
          }
        }
      }
    }
    if let failed {
      throw failed.failure.scoringError(
        plugin: description.name,
        step: "scoring subsets of the text \(TextExcerpt(of: masking.text))")
    }
    return filler.scores
  }

  private static func breach(_ plugin: String, _ what: String) -> ClassifierError {
    ClassifierError(
      code: .classifierFailed, message: "plugin \"\(plugin)\" breaks the contract: \(what)",
      help: "report it to the plugin's author; the contract is textexplain_plugin.h")
  }

  /// Lays a masking out as the header wants it, for the duration of one call.
  private static func withContractMasking<Result>(
    _ masking: Masking, mode: Int32, _ body: (UnsafePointer<tx_masking>) -> Result
  ) -> Result {
    var filler: [UInt8] = []
    if case .replace(let text) = masking.absent { filler = Array(text.utf8) }
    let pieces = masking.pieces.map {
      tx_piece(begin: UInt64($0.lowerBound), end: UInt64($0.upperBound))
    }
    return masking.text.withUnsafeBytes { text in
      filler.withUnsafeBytes { filler in
        pieces.withUnsafeBufferPointer { pieces in
          var what = tx_masking(
            size: UInt32(MemoryLayout<tx_masking>.size), absent: mode, text: contractText(text),
            filler: contractText(filler), pieces: pieces.baseAddress, piece_count: pieces.count)
          return body(&what)
        }
      }
    }
  }

  private static func contractText(_ bytes: UnsafeRawBufferPointer) -> tx_text {
    tx_text(data: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), len: bytes.count)
  }
}
