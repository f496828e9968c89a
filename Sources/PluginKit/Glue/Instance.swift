import CTextExplain

/// One open classifier as the host holds it, `tx_instance`, with the tables that depend on its model.
final class Instance {
  /// Bytes that no text exceeds.
  let limit: Int
  let outputs: Int
  let info: UnsafePointer<tx_info>
  let masked: UnsafePointer<tx_ext_masked>?
  let tokens: UnsafePointer<tx_ext_tokens>?
  let linear: UnsafePointer<tx_ext_linear>?
  private let classifier: any TextClassifier
  private let memory: TableMemory

  init(_ classifier: any TextClassifier) {
    let memory = TableMemory()
    let (labels, traits) = (classifier.labels, classifier.traits)
    self.classifier = classifier
    self.memory = memory
    limit = traits.maximumTextBytes == 0 ? .max : Int(traits.maximumTextBytes)
    outputs = labels.count
    info = memory.table(tx_info(), size: \.size) {
      $0.output_kind = classifier.outputKind.rawValue
      $0.outputs = UInt32(labels.count)
      $0.threading = Int32(
        traits.isConcurrent ? TX_THREADS_CONCURRENT : TX_THREADS_PER_INSTANCE)
      $0.labels = memory.strings(labels)
      $0.languages = traits.languages.isEmpty ? nil : memory.strings(traits.languages)
      $0.flags = traits.flags
      $0.preferred_batch = traits.preferredBatch
      $0.max_batch = traits.maximumBatch
      $0.max_text_bytes = traits.maximumTextBytes
      $0.model_id = memory.string(traits.modelID)
      $0.tolerance = traits.tolerance
      $0.typical_cost_us = traits.typicalMicroseconds
    }
    masked = (classifier as? any MaskedScoring).map { Self.maskedTable($0, memory) }
    tokens = classifier is any Tokenizing ? Self.tokensTable(memory) : nil
    linear = (classifier as? any LinearTerms).map {
      Self.linearTable(isIndependent: $0.termsAreIndependent, memory)
    }
  }

  /// Scores each text into its row.
  func predict(
    _ texts: UnsafePointer<tx_text>?, count: Int, call limits: UnsafePointer<tx_call>?,
    into table: UnsafeMutablePointer<tx_scores>?
  ) throws {
    guard let rows = try ScoreRows(table, rows: count, outputs: outputs) else { return }
    guard let texts else { throw PluginError(.argument, "\(count) texts at NULL") }
    var call = try Call(limits)
    try classifier.score(
      TextBatch(texts, count: count, limit: limit), into: rows, call: &call)
  }

  /// The host's pointer to a prepared text.
  func prepare(
    _ what: UnsafePointer<tx_masking>?, call: UnsafePointer<tx_call>?
  ) throws -> OpaquePointer {
    func opened(_ classifier: some MaskedScoring) throws -> OpaquePointer {
      Handle.retain(try PreparedHandle(classifier, what, limit: limit, call: call))
    }
    return try opened(try masking())
  }

  /// Scores masks of a prepared text into rows.
  func score(
    _ prepared: OpaquePointer, _ masks: UnsafePointer<UInt64>?, rows count: Int, wordsPerMask: Int,
    call: UnsafePointer<tx_call>?, into table: UnsafeMutablePointer<tx_scores>?
  ) throws {
    guard let rows = try ScoreRows(table, rows: count, outputs: outputs) else { return }
    func opened<Classifier: MaskedScoring>(_ classifier: Classifier) throws {
      try Handle.object(prepared, as: PreparedHandle<Classifier>.self).score(
        classifier, masks, wordsPerMask: wordsPerMask, rows: rows, call: call)
    }
    try opened(try masking())
  }

  /// The classifier's own tokens.
  func tokenize(_ text: tx_text, into sink: UnsafePointer<tx_sink>?) throws {
    guard let classifier = classifier as? any Tokenizing else {
      throw PluginError(.unsupported, "this classifier shows no tokens")
    }
    let sink = try RecordSink(sink)
    try sink.put(try classifier.tokens(of: TextView(text, limit: limit)).map(\.record))
  }

  /// The terms of one output; gives the bias.
  func terms(
    _ text: tx_text, output: UInt32, into sink: UnsafePointer<tx_sink>?
  ) throws -> Double {
    guard let classifier = classifier as? any LinearTerms else {
      throw PluginError(.unsupported, "this classifier has no linear terms")
    }
    guard output < outputs else {
      throw PluginError(.argument, "output \(output) of \(outputs)")
    }
    let sink = try RecordSink(sink)
    let (bias, terms) = try classifier.terms(
      of: TextView(text, limit: limit), output: Int(output))
    try sink.put(terms.map(\.record))
    return bias
  }

  private func masking() throws -> any MaskedScoring {
    guard let classifier = classifier as? any MaskedScoring else {
      throw PluginError(.unsupported, "this classifier scores no masks")
    }
    return classifier
  }
}
