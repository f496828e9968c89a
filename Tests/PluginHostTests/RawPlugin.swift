import CTextExplain
import Glibc
import _TestSupport

/// A plugin called as the header says, without the host's care: with padding, canaries and missing arguments.
struct RawPlugin {
  static let canary = -12345.5
  let classifier: UnsafePointer<tx_classifier>

  init(_ path: String) throws {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL),
      let symbol = dlsym(handle, "textexplain_plugin_v1"),
      let library = unsafeBitCast(symbol, to: Entry.self)(0),
      let classifier = library.pointee.classifiers[0]
    else { throw TestFailure("\(path) does not load") }
    self.classifier = classifier
  }

  private typealias Entry = @convention(c) (UInt32) -> UnsafePointer<tx_library>?

  struct Answer {
    var code: Int
    var message: String
    var roomBehindIsUntouched: Bool
  }

  /// Creates and destroys an instance.
  ///
  /// - Parameter errorCapacity: nil passes no room at all.
  func create(_ options: [String], errorCapacity: Int?) -> Answer {
    let capacity = errorCapacity ?? 0
    var room = [CChar](repeating: 0x55, count: capacity + 64)
    return room.withUnsafeMutableBufferPointer { room in
      var error = tx_error(
        size: UInt32(MemoryLayout<tx_error>.size), capacity: UInt32(capacity), length: 0,
        reserved: 0,
        message: room.baseAddress)
      var instance: OpaquePointer?
      let code = withOptions(options) { options in
        withUnsafeMutablePointer(to: &error) { error in
          classifier.pointee.create(
            classifier, nil, options.baseAddress, options.count, nil, &instance,
            errorCapacity == nil ? nil : error)
        }
      }
      if let instance { classifier.pointee.destroy(instance) }
      let bytes = room[..<Int(error.length)].map { UInt8(bitPattern: $0) }
      return Answer(
        code: Int(code), message: String(decoding: bytes, as: UTF8.self),
        roomBehindIsUntouched: room[capacity...].allSatisfy { $0 == 0x55 })
    }
  }

  /// Scores texts without `call`, row flags or room for errors, into memory full of canaries.
  func predict(_ texts: [String], outputs: Int, stride: Int) throws -> [Double] {
    try withInstance([]) { instance in
      var scores = [Double](repeating: Self.canary, count: texts.count * stride)
      let code = withTexts(texts) { texts in
        scores.withUnsafeMutableBufferPointer { scores in
          var out = tx_scores(
            size: UInt32(MemoryLayout<tx_scores>.size), outputs: UInt32(outputs), rows: texts.count,
            row_stride: stride, scores: scores.baseAddress, row_flags: nil)
          return classifier.pointee.predict(
            instance, nil, texts.baseAddress, texts.count, &out, nil)
        }
      }
      guard Int(code) == TX_OK else { throw TestFailure("predict answers \(code)") }
      return scores
    }
  }

  /// The code that scoring a text gives under the limits of a call.
  func code(of text: String, call: tx_call) throws -> Int {
    try withInstance([]) { instance in
      var (row, call) = ([Double](repeating: 0, count: 64), call)
      return withTexts([text]) { texts in
        row.withUnsafeMutableBufferPointer { row in
          let outputs = classifier.pointee.info(instance)?.pointee.outputs ?? 0
          var out = tx_scores(
            size: UInt32(MemoryLayout<tx_scores>.size), outputs: outputs, rows: 1,
            row_stride: Int(outputs), scores: row.baseAddress, row_flags: nil)
          return Int(
            classifier.pointee.predict(instance, &call, texts.baseAddress, 1, &out, nil))
        }
      }
    }
  }

  /// The tokens of extension `tokens/1`.
  func tokens(of text: String) throws -> [tx_token] {
    try withInstance([]) { instance in
      guard let table = classifier.pointee.get_extension(instance, TX_EXT_TOKENS) else {
        throw TestFailure("no tokens/1")
      }
      var tokens: [tx_token] = []
      let code = withUnsafeMutablePointer(to: &tokens) { tokens in
        var sink = tx_sink(
          size: UInt32(MemoryLayout<tx_sink>.size),
          record_size: UInt32(MemoryLayout<tx_token>.stride), ctx: tokens,
          put: { context, records, count in
            guard let context, let records else { return tx_result(TX_E_HOST) }
            let list = context.assumingMemoryBound(to: [tx_token].self)
            if list.pointee.count + count > 100 { return tx_result(TX_E_HOST) }
            list.pointee.append(
              contentsOf: UnsafeBufferPointer(
                start: records.assumingMemoryBound(to: tx_token.self), count: count))
            return tx_result(TX_OK)
          })
        return withTexts([text]) {
          table.assumingMemoryBound(to: tx_ext_tokens.self).pointee
            .tokenize(instance, $0[0], &sink, nil)
        }
      }
      guard Int(code) == TX_OK else { throw TestFailure("tokenize answers \(code)") }
      return tokens
    }
  }

  /// The terms of extension `linear/1`.
  func terms(
    _ text: String, output: UInt32, options: [String]
  ) throws -> (bias: Double, terms: [tx_term]) {
    try withInstance(options) { instance in
      guard let table = classifier.pointee.get_extension(instance, TX_EXT_LINEAR) else {
        throw TestFailure("no linear/1")
      }
      let linear = table.assumingMemoryBound(to: tx_ext_linear.self)
      var terms: [tx_term] = []
      var bias = Double.nan
      let code = withUnsafeMutablePointer(to: &terms) { terms in
        var sink = tx_sink(
          size: UInt32(MemoryLayout<tx_sink>.size),
          record_size: UInt32(MemoryLayout<tx_term>.stride), ctx: terms,
          put: { context, records, count in
            guard let context, let records else { return tx_result(TX_E_HOST) }
            context.assumingMemoryBound(to: [tx_term].self).pointee
              .append(
                contentsOf: UnsafeBufferPointer(
                  start: records.assumingMemoryBound(to: tx_term.self), count: count))
            return tx_result(TX_OK)
          })
        return withTexts([text]) {
          linear.pointee.terms(instance, $0[0], output, &bias, &sink, nil)
        }
      }
      guard Int(code) == TX_OK else { throw TestFailure("terms answers \(code)") }
      return (bias, terms)
    }
  }

  func withInstance<Result>(
    _ options: [String], _ body: (OpaquePointer) throws -> Result
  ) throws -> Result {
    var instance: OpaquePointer?
    let code = withOptions(options) {
      classifier.pointee.create(classifier, nil, $0.baseAddress, $0.count, nil, &instance, nil)
    }
    guard Int(code) == TX_OK, let instance else { throw TestFailure("create answers \(code)") }
    defer { classifier.pointee.destroy(instance) }
    return try body(instance)
  }

  func withTexts<Result>(
    _ texts: [String], _ body: (UnsafeBufferPointer<tx_text>) throws -> Result
  ) rethrows -> Result {
    // One byte more than all texts, so that even an empty text has an address.
    let arena = Array(texts.joined().utf8) + [0]
    return try arena.withUnsafeBytes { arena in
      var offset = 0
      let records = texts.map { text in
        defer { offset += text.utf8.count }
        let start = arena.baseAddress.map { ($0 + offset).assumingMemoryBound(to: CChar.self) }
        return tx_text(data: start, len: text.utf8.count)
      }
      return try records.withUnsafeBufferPointer(body)
    }
  }

  func withOptions<Result>(
    _ options: [String], _ body: (UnsafeBufferPointer<tx_option>) -> Result
  ) -> Result {
    let parts = options.flatMap { option in
      option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    }
    return withTexts(parts) { texts in
      let records = Swift.stride(from: 0, to: texts.count, by: 2).map {
        tx_option(key: texts[$0], value: texts[$0 + 1])
      }
      return records.withUnsafeBufferPointer(body)
    }
  }
}
