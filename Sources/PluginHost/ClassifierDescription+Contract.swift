import CTextExplain
import Classification

extension ClassifierDescription {
  /// Reads what an open model says of itself.
  ///
  /// - Throws: ``PluginError`` with code `openFailed` where it breaks the contract.
  init(_ instance: PluginInstance) throws(PluginError) {
    let descriptor = instance.descriptor
    let reader = ContractReader(plugin: descriptor.name, code: .openFailed)
    guard let pointer = descriptor.functions.info(instance.handle) else {
      throw reader.breach("info answers null")
    }
    let fields = ForeignStruct(pointer)

    let kindNumber = try reader.required(fields[\.output_kind], "the output kind")
    guard let kind = OutputKind(contractNumber: Int(kindNumber)) else {
      throw reader.breach("its output kind \(kindNumber) is unknown")
    }
    let count = Int(try reader.required(fields[\.outputs], "the number of outputs"))
    if count == 0 { throw reader.breach("it has no outputs") }
    let table = try reader.required(fields[\.labels], "the table of labels")
    var labels: [String] = []
    var seen: Set<String> = []
    for index in 0..<count {
      let label = try reader.requiredString(table[index], "label \(index)")
      // Canonically equivalent labels count as equal: no reader could tell them apart.
      guard seen.insert(label).inserted else {
        throw reader.breach("the label \"\(label)\" occurs twice")
      }
      labels.append(label)
    }
    let tolerance = fields[\.tolerance] ?? 0
    guard tolerance.isFinite, tolerance >= 0 else {
      throw reader.breach("its tolerance is \(tolerance)")
    }
    let flags = Int(fields[\.flags] ?? 0)

    self.init(
      id: descriptor.id, name: descriptor.name, version: descriptor.version,
      modelID: try reader.string(fields[\.model_id], "the model id"), outputKind: kind,
      labels: labels, tolerance: tolerance,
      preferredBatch: Int(fields[\.preferred_batch] ?? 0),
      maximumBatch: Int(fields[\.max_batch] ?? 0),
      maximumTextBytes: Int(fields[\.max_text_bytes] ?? 0),
      typicalCostMicroseconds: Int(fields[\.typical_cost_us] ?? 0),
      isBatchInvariant: flags & TX_IS_BATCH_INVARIANT != 0)
  }
}

extension OutputKind {
  /// The output kind of a `TX_OUT_` number.
  package init?(contractNumber: Int) {
    switch contractNumber {
    case TX_OUT_PROBABILITY: self = .probability
    case TX_OUT_MULTILABEL: self = .multilabel
    case TX_OUT_LOG_PROBABILITY: self = .logProbability
    case TX_OUT_LOGIT: self = .logit
    case TX_OUT_REGRESSION: self = .regression
    case TX_OUT_MARGIN: self = .margin
    default: return nil
    }
  }
}
