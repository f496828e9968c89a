import CTextExplain
import Testing

@Suite("The plugin keeps the rules of the header")
struct ABITests {
  private static func string(_ pointer: UnsafePointer<CChar>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  @Test("the library and its classifier describe themselves")
  func description() throws {
    let entry = try SentimentHost.entry()
    let library = try #require(entry(0))
    #expect(library == entry(99))
    #expect(Int(library.pointee.size) == MemoryLayout<tx_library>.size)
    #expect(library.pointee.refusal == nil)
    let host = try SentimentHost()
    #expect(Int(host.classifier.size) == MemoryLayout<tx_classifier>.size)
    #expect(Self.string(host.classifier.id) == "org.textexplain.sentiment")
    #expect(Self.string(host.classifier.name) == "sentiment")
    #expect(Self.string(host.classifier.version) == "1.0.0")
    #expect(host.classifier.option_count == 0)
    #expect(host.classifier.needs == 0)
    let info = try #require(host.classifier.info(host.instance))
    #expect(info == host.classifier.info(host.instance))
    #expect(Int(info.pointee.output_kind) == TX_OUT_PROBABILITY)
    #expect(info.pointee.outputs == 2)
    #expect((0..<2).map { Self.string(info.pointee.labels[$0]) } == ["negative", "positive"])
    #expect(Self.string(info.pointee.languages[0]) == "en")
    #expect(info.pointee.languages[1] == nil)
    #expect(Int(info.pointee.flags) == TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT)
    #expect(info.pointee.tolerance == 0)
    #expect(info.pointee.typical_cost_us == 0)
    #expect(host.classifier.get_extension(host.instance, "textexplain.masked/2") == nil)
    #expect(host.classifier.get_extension(host.instance, "textexplain.masked/1x") == nil)
    #expect(host.classifier.get_extension(host.instance, TX_EXT_TOKENS) == nil)
  }

  @Test("an option is refused by name, and the message is cut between characters")
  func options() throws {
    let host = try SentimentHost()
    let key = Array("né".utf8).map { CChar(bitPattern: $0) }
    let full = "unknown option 'né': there are none"
    for capacity in 0...60 {
      var room = [CChar](repeating: 0x55, count: 64)
      var instance: OpaquePointer?
      var length: UInt32 = 0
      let code = key.withUnsafeBufferPointer { key in
        room.withUnsafeMutableBufferPointer { room in
          var option = tx_option(
            key: tx_text(data: key.baseAddress, len: key.count), value: tx_text(data: nil, len: 0))
          var error = tx_error(
            size: UInt32(MemoryLayout<tx_error>.size), capacity: UInt32(capacity), length: 0,
            reserved: 0, message: capacity == 0 ? nil : room.baseAddress)
          defer { length = error.length }
          return host.classifier.create(host.descriptor, nil, &option, 1, nil, &instance, &error)
        }
      }
      #expect(Int(code) == TX_E_OPTION)
      #expect(instance == nil)
      let bytes = room.prefix(Int(length)).map { UInt8(bitPattern: $0) }
      let message = try #require(String(validating: bytes, as: UTF8.self))
      #expect(full.hasPrefix(message))
      let lost = min(full.utf8.count, capacity) - bytes.count
      #expect(lost == (capacity == 18 ? 1 : 0), "\(capacity)")
      #expect(room[Int(length)...].allSatisfy { $0 == 0x55 })
    }
    var option = tx_option(key: tx_text(data: nil, len: 0), value: tx_text(data: nil, len: 0))
    var instance: OpaquePointer?
    let code = host.classifier.create(host.descriptor, nil, &option, 1, nil, &instance, nil)
    #expect(Int(code) == TX_E_OPTION)
  }

  @Test("an error struct too short for its message is left alone")
  func shortError() throws {
    let host = try SentimentHost()
    var error = tx_error(size: 8, capacity: 100, length: 77, reserved: 0, message: nil)
    var option = tx_option(key: tx_text(data: nil, len: 0), value: tx_text(data: nil, len: 0))
    var instance: OpaquePointer?
    let code = host.classifier.create(host.descriptor, nil, &option, 1, nil, &instance, &error)
    #expect(Int(code) == TX_E_OPTION)
    #expect(error.length == 77)
  }

  @Test("rows are written at their stride and nothing between them", arguments: [2, 3, 7])
  func strides(stride: Int) throws {
    let host = try SentimentHost()
    let texts = ["good", "bad", "", "never so happy"]
    let expected = try host.predict(texts)
    let canary = 12345.5
    var room = [Double](repeating: canary, count: 4 * stride + 2)
    var flags = [UInt8](repeating: 0, count: 4)
    let bytes = texts.map { Array($0.utf8CString) }
    let code = room.withUnsafeMutableBufferPointer { room in
      flags.withUnsafeMutableBufferPointer { flags in
        withTexts(bytes) { texts in
          var scores = tx_scores(
            size: UInt32(MemoryLayout<tx_scores>.size), outputs: 2, rows: 4, row_stride: stride,
            scores: room.baseAddress, row_flags: flags.baseAddress)
          return host.classifier.predict(host.instance, nil, texts, 4, &scores, nil)
        }
      }
    }
    #expect(code == 0)
    #expect(flags == [0, 0, 0, 0])
    for row in 0..<4 {
      #expect(Array(room[row * stride..<row * stride + 2]) == expected[row])
      #expect(room[(row * stride + 2)..<((row + 1) * stride)].allSatisfy { $0 == canary })
    }
    #expect(room.suffix(2).allSatisfy { $0 == canary })
  }

  private func withTexts<R>(
    _ texts: [[CChar]], _ body: (UnsafePointer<tx_text>) -> R
  ) -> R {
    let arena = texts.flatMap { $0 }
    return arena.withUnsafeBufferPointer { arena in
      var offset = 0
      let list = texts.map { text in
        defer { offset += text.count }
        return tx_text(data: arena.baseAddress.map { $0 + offset }, len: text.count - 1)
      }
      return list.withUnsafeBufferPointer { list in
        guard let base = list.baseAddress else { preconditionFailure("no texts") }
        return body(base)
      }
    }
  }

  @Test("no texts, and an empty text at NULL")
  func emptyInput() throws {
    let host = try SentimentHost()
    #expect(host.predict(bytes: []).code == 0)
    #expect(host.predict(bytes: [[], []]).rows == [[0.5, 0.5], [0.5, 0.5]])
    var text = tx_text(data: nil, len: 0)
    let answer = host.answer(rows: 1, nil) { call, scores, error in
      host.classifier.predict(host.instance, call, &text, 1, scores, error)
    }
    #expect(answer.code == 0)
    #expect(answer.rows == [[0.5, 0.5]])
    #expect(host.classifier.predict(host.instance, nil, nil, 0, nil, nil) == TX_E_ARGUMENT)
  }

  @Test("a table of the wrong shape is refused")
  func wrongTables() throws {
    let host = try SentimentHost()
    var text = tx_text(data: nil, len: 0)
    let spoil: [(inout tx_scores) -> Void] = [
      { $0.size = 16 }, { $0.outputs = 1 }, { $0.outputs = 3 }, { $0.rows = 2 },
      { $0.row_stride = 1 }, { $0.scores = nil },
    ]
    for spoil in spoil {
      let answer = host.answer(rows: 1, nil) { call, scores, error in
        spoil(&scores.pointee)
        return host.classifier.predict(host.instance, call, &text, 1, scores, error)
      }
      #expect(answer.code == TX_E_ARGUMENT)
      #expect(!answer.message.isEmpty)
      #expect(answer.rows[0].allSatisfy { $0.isNaN })
    }
  }

  @Test("invalid UTF-8 is named with its place, and the instance stays usable")
  func invalidText() throws {
    let host = try SentimentHost()
    let bad: [[UInt8]] = [
      [0x80], [0xC0, 0x80], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
      [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80],
      [0xF0, 0x9F, 0x98], [0xFF], [0xE2, 0x82, 0x41], [0xF0, 0x9F, 0x98, 0x20],
    ]
    for bytes in bad {
      for prefix in ["", "good day to you ", "né "] {
        let answer = host.predict(bytes: [Array(prefix.utf8) + bytes + Array(" x".utf8)])
        #expect(answer.code == TX_E_ENCODING, "\(bytes)")
        #expect(answer.message.hasSuffix("at byte \(prefix.utf8.count)"))
      }
    }
    for plane in 0..<17 {
      let scalars = (plane << 16..<(plane + 1) << 16).compactMap { Unicode.Scalar(UInt32($0)) }
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      #expect(host.predict(bytes: [Array(text.utf8)]).code == 0)
    }
    #expect(try host.predict(["good"])[0][1] > 0.5)
  }

  @Test("a text over the stated limit is refused, one at the limit is scored")
  func longTexts() throws {
    let host = try SentimentHost()
    let info = try #require(host.classifier.info(host.instance))
    let limit = Int(info.pointee.max_text_bytes)
    var text = [UInt8](repeating: UInt8(ascii: "x"), count: limit)
    text.replaceSubrange(limit - 5..<limit, with: Array(" good".utf8))
    #expect(host.predict(bytes: [text]).rows == (try host.predict(["x good"])))
    #expect(host.predict(bytes: [text + [0x20]]).code == TX_E_TOO_LONG)
  }

  @Test("a call that is stopped or too late says so, and the instance stays usable")
  func limits() throws {
    let host = try SentimentHost()
    var call = tx_call()
    call.size = UInt32(MemoryLayout<tx_call>.size)
    call.should_stop = { _ in 1 }
    #expect(host.predict(bytes: [[0x61]], call: call).code == TX_E_CANCELLED)
    call.should_stop = nil
    call.deadline_ns = 1
    #expect(host.predict(bytes: [[0x61]], call: call).code == TX_E_DEADLINE)
    let masking = try PreparedMasking(host, Array("good".utf8), [0..<4], .remove)
    #expect(masking.score([[true]], call: call).code == TX_E_DEADLINE)
    call.size = 8
    #expect(host.predict(bytes: [[0x61]], call: call).code == 0)
    call.size = UInt32(MemoryLayout<tx_call>.size)
    call.deadline_ns = UInt64.max
    #expect(host.predict(bytes: [[0x61]], call: call).code == 0)
  }

  @Test("the host is asked again while much text is scored")
  func polling() throws {
    let host = try SentimentHost()
    let text = Array(String(repeating: "good ", count: 100_000).utf8)
    var asked: Int32 = 0
    let code = withUnsafeMutablePointer(to: &asked) { asked in
      var call = tx_call()
      call.size = UInt32(MemoryLayout<tx_call>.size)
      call.ctx = UnsafeMutableRawPointer(asked)
      call.should_stop = { context in
        guard let count = context?.assumingMemoryBound(to: Int32.self) else { return 1 }
        count.pointee += 1
        return count.pointee > 3 ? 1 : 0
      }
      return host.predict(bytes: [[UInt8]](repeating: text, count: 20), call: call).code
    }
    #expect(code == TX_E_CANCELLED)
    #expect(asked == 4)
  }

  @Test("a row depends on its text alone: order, batch and instance do not matter")
  func determinism() throws {
    let texts = try Fixture.sentences().map(\.text)
    let host = try SentimentHost()
    let together = try host.predict(texts)
    #expect(try SentimentHost().predict(texts.reversed()).reversed() == together)
    for (text, row) in zip(texts, together) { #expect(try host.predict([text]) == [row]) }
    for row in together { #expect(row[0] + row[1] == 1 && row.allSatisfy { (0...1).contains($0) }) }
  }
}
