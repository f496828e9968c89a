import CTextExplain
import PluginKit

/// Calls what PluginKit exports, as any host does.
final class KitHost {
  struct Failure: Error, Equatable {
    let code: Int
    let message: String
  }

  /// The two classifiers of the library.
  static func descriptors() -> [UnsafePointer<tx_classifier>] {
    guard let library = exportPlugin(Everything.self, Least.self, hostMinor: 0) else { return [] }
    return (0..<Int(library.pointee.classifier_count)).compactMap {
      library.pointee.classifiers[$0]
    }
  }

  let table: tx_classifier
  let instance: OpaquePointer

  init(
    _ descriptor: UnsafePointer<tx_classifier>, _ options: [(String, String)] = [],
    host: UnsafePointer<tx_host>? = nil, call: UnsafePointer<tx_call>? = nil
  ) throws {
    let table = descriptor.pointee
    var instance: OpaquePointer?
    let texts = Texts(options.flatMap { [Array($0.0.utf8), Array($0.1.utf8)] })
    let records = options.indices.map {
      tx_option(key: texts.records[2 * $0], value: texts.records[2 * $0 + 1])
    }
    try Self.checked { error in
      table.create(descriptor, host, records, records.count, call, &instance, error)
    }
    guard let instance else { throw Failure(code: 0, message: "no instance") }
    self.table = table
    self.instance = instance
  }

  deinit { table.destroy(instance) }

  /// Runs a call with room for its message and throws what it reports.
  static func checked(_ body: (UnsafeMutablePointer<tx_error>) -> tx_result) throws {
    var room = [CChar](repeating: 0, count: 300)
    try room.withUnsafeMutableBufferPointer { room in
      var error = tx_error(
        size: UInt32(MemoryLayout<tx_error>.size), capacity: 300, length: 0, reserved: 0,
        message: room.baseAddress)
      let code = body(&error)
      if code != 0 {
        throw Failure(
          code: Int(code),
          message: String(
            decoding: room.prefix(Int(error.length)).map { UInt8(bitPattern: $0) }, as: UTF8.self))
      }
    }
  }

  /// Scores rows into memory with padding, and gives the scores and the flags.
  func scores(
    rows: Int,
    _ body: (UnsafeMutablePointer<tx_scores>, UnsafeMutablePointer<tx_error>) -> tx_result
  ) throws -> (rows: [[Double]], flags: [UInt8]) {
    let outputs = Int(table.info(instance)?.pointee.outputs ?? 0)
    let stride = outputs + 2
    var values = [Double](repeating: -777, count: rows * stride)
    var flags = [UInt8](repeating: 0, count: rows)
    try values.withUnsafeMutableBufferPointer { values in
      try flags.withUnsafeMutableBufferPointer { flags in
        var scores = tx_scores(
          size: UInt32(MemoryLayout<tx_scores>.size), outputs: UInt32(outputs), rows: rows,
          row_stride: stride, scores: values.baseAddress, row_flags: flags.baseAddress)
        try Self.checked { body(&scores, $0) }
      }
    }
    for row in 0..<rows where values[row * stride + outputs..<(row + 1) * stride] != [-777, -777] {
      throw Failure(code: 0, message: "padding of row \(row)")
    }
    return ((0..<rows).map { Array(values[$0 * stride..<$0 * stride + outputs]) }, flags)
  }

  func predict(
    _ texts: [String], call: UnsafePointer<tx_call>? = nil
  ) throws -> (rows: [[Double]], flags: [UInt8]) {
    let texts = Texts(texts.map { Array($0.utf8) })
    return try scores(rows: texts.records.count) { out, error in
      table.predict(instance, call, texts.records, texts.records.count, out, error)
    }
  }
}

/// Texts in memory of their own.
final class Texts {
  private(set) var records: [tx_text] = []
  private var blocks: [UnsafeMutablePointer<CChar>] = []

  init(_ texts: [[UInt8]]) {
    for text in texts {
      let block = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, text.count))
      for (i, byte) in text.enumerated() { block[i] = CChar(bitPattern: byte) }
      blocks.append(block)
      records.append(tx_text(data: block, len: text.count))
    }
  }

  deinit { for block in blocks { block.deallocate() } }
}
