import CTextExplain
import Glibc
import _TestSupport

/// A host of the plugin's table: what a call answered, with its scores and its message.
struct Answer {
  var code: Int
  var message: String
  /// Two scores a row.
  var rows: [[Double]]
}

/// The plugin's one classifier, called through the C table as any host does.
final class SentimentHost {
  let classifier: tx_classifier
  let descriptor: UnsafePointer<tx_classifier>
  let instance: OpaquePointer

  struct Failure: Error { let what: String }

  init() throws {
    guard let library = try Self.entry()(TX_ABI_MINOR),
      library.pointee.classifier_count == 1,
      let descriptor = library.pointee.classifiers[0]
    else { throw Failure(what: "no classifier") }
    self.descriptor = descriptor
    classifier = descriptor.pointee
    var instance: OpaquePointer?
    let code = classifier.create(descriptor, nil, nil, 0, nil, &instance, nil)
    guard code == 0, let instance else { throw Failure(what: "create gave \(code)") }
    self.instance = instance
  }

  deinit { classifier.destroy(instance) }

  /// The plugin's entry function, from the built library.
  static func entry() throws -> tx_entry_v1 {
    let path = BuildProducts.directory + "/libsentiment.so"
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | Int32(RTLD_NODELETE)),
      let symbol = dlsym(handle, "textexplain_plugin_v1")
    else { throw Failure(what: "\(path) does not load") }
    return unsafeBitCast(symbol, to: tx_entry_v1.self)
  }

  func predict(_ texts: [String]) throws -> [[Double]] {
    let answer = predict(bytes: texts.map { Array($0.utf8) })
    guard answer.code == 0 else { throw Failure(what: "predict: \(answer.code) \(answer.message)") }
    return answer.rows
  }

  /// Scores texts into rows of two doubles.
  func predict(bytes: [[UInt8]], call: tx_call? = nil) -> Answer {
    let arena = bytes.flatMap { $0 }
    return arena.withUnsafeBytes { arena in
      var offset = 0
      let texts = bytes.map { text in
        defer { offset += text.count }
        let start = arena.baseAddress.map { $0 + offset }
        return tx_text(data: start?.assumingMemoryBound(to: CChar.self), len: text.count)
      }
      return answer(rows: texts.count, call) { call, scores, error in
        classifier.predict(instance, call, texts, texts.count, scores, error)
      }
    }
  }

  /// Room for `rows` rows and a message, and what a call left there.
  func answer(
    rows: Int, _ call: tx_call?,
    _ body: (
      UnsafePointer<tx_call>?, UnsafeMutablePointer<tx_scores>, UnsafeMutablePointer<tx_error>
    )
      -> tx_result
  ) -> Answer {
    var values = [Double](repeating: .nan, count: 2 * rows)
    var text = [CChar](repeating: 0, count: 200)
    var length = 0
    let code = values.withUnsafeMutableBufferPointer { values in
      text.withUnsafeMutableBufferPointer { text in
        var scores = tx_scores(
          size: UInt32(MemoryLayout<tx_scores>.size), outputs: 2, rows: rows, row_stride: 2,
          scores: values.baseAddress, row_flags: nil)
        var error = tx_error(
          size: UInt32(MemoryLayout<tx_error>.size), capacity: 200, length: 0, reserved: 0,
          message: text.baseAddress)
        defer { length = Int(error.length) }
        guard var call else { return body(nil, &scores, &error) }
        return body(&call, &scores, &error)
      }
    }
    return Answer(
      code: Int(code),
      message: String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self),
      rows: (0..<rows).map { Array(values[2 * $0..<2 * $0 + 2]) })
  }
}
