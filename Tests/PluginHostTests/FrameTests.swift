import Classification
import PluginHost
import Testing
import _TestSupport

/// One message of a kind, and how it is read.
private struct Sample: CustomStringConvertible {
  let description: String
  let bytes: [UInt8]
  /// Reads a payload and writes what was read.
  let again: (Frame) throws(WireFault) -> [UInt8]

  init<Value: WireValue>(_ kind: FrameKind, _ value: Value) {
    description = "\(kind)"
    bytes = FrameWriter(kind, value).bytes
    again = { frame throws(WireFault) in
      FrameWriter(kind, try frame.decode(Value.self)).bytes
    }
  }
}

@Suite("Frames between host and worker")
struct FrameTests {
  private static func samples() throws -> [Sample] {
    let path = try CCompiler.plugin("hostile.c")
    let (file, library) = try PluginHosting().describe(path)
    let description = try Fixture.open("hostile.c").description
    var doors = WorkerDoors(memoryLimit: 1 << 30, isSandboxRequired: true)
    doors.readable = ["/a", "/b é"]
    doors.scratch = "/tmp/x"
    var terms = CallTerms(seed: .max)
    terms.deadline = 123_456_789
    let batch = TextBatch(["one", "", "drei"])
    let masking = Masking(
      text: Array("not good".utf8), pieces: [0..<3, 4..<8], absent: .replace(with: "_"))
    var scores = ScoreMatrix(rows: 3, outputs: 2)
    scores.values = [1, -0.0, .infinity, 0.5, 2, 3]
    scores.flags[1] = .truncated
    return [
      Sample(.hello, FrameHeader.greeting),
      Sample(.load, LoadRequest(file: file, path: path, doors: doors)),
      Sample(
        .create,
        Call(
          CreateRequest(options: [try PluginOption(parsing: "a=b")], hostVersion: "1"), on: terms)),
      Sample(.predict, Call(PredictRequest(batch: batch, rows: 1..<3), on: terms)),
      Sample(.prepare, Call(PrepareRequest(id: 7, masking: masking), on: terms)),
      Sample(.score, Call(ScoreRequest(id: 7, rows: 2, masks: [1, 2]), on: terms)),
      Sample(.release, 7),
      Sample(.tokenize, TokenizeRequest(text: Array("a é".utf8))),
      Sample(.loaded, LoadedReply(library: library, missingLayers: ["none"])),
      Sample(.created, description),
      Sample(.scores, scores),
      Sample(.prepared, true),
      Sample(.tokens, TokensReply(ranges: [0..<1, 2..<4])),
      Sample(.openingFailed, PluginError(.openFailed, "no", help: "yes")),
      Sample(.scoringFailed, ClassifierError(code: .timedOut, message: "no", help: nil)),
      Sample(.log, PluginLogMessage(level: .warning, text: "hm")),
    ]
  }

  private func frames(_ bytes: [UInt8], limit: Int = 1 << 20) throws(WireFault) -> [Frame] {
    var parser = FrameParser(limit: limit)
    bytes.withUnsafeBytes { parser.append($0) }
    var frames: [Frame] = []
    while let frame = try parser.next() { frames.append(frame) }
    return frames
  }

  @Test("there is a sample of every kind, and each is read as it was written")
  func roundTrip() throws {
    let samples = try Self.samples()
    #expect(
      samples.map(\.description) == FrameKind.allCases.map { "\($0)" })
    for sample in samples {
      let read = try frames(sample.bytes + sample.bytes)
      #expect(read.count == 2)
      #expect(read.map { "\($0.kind)" } == [sample.description, sample.description])
      #expect(try sample.again(read[0]) == sample.bytes, "\(sample)")
    }
  }

  @Test("bytes may come in any portions")
  func portions() throws {
    let samples = try Self.samples()
    var parser = FrameParser(limit: 1 << 20)
    var kinds: [String] = []
    for byte in samples.flatMap(\.bytes) {
      withUnsafeBytes(of: byte) { parser.append($0) }
      while let frame = try parser.next() { kinds.append("\(frame.kind)") }
    }
    #expect(kinds == samples.map(\.description))
  }

  @Test("a payload that is cut anywhere, or has a byte too many, is a fault")
  func cut() throws {
    for sample in try Self.samples() {
      let payload = Array(sample.bytes[FrameHeader.count...])
      let kind = try frames(sample.bytes)[0].kind
      for count in 0..<payload.count {
        let part = Frame(kind: kind, payload: Array(payload[..<count]))
        #expect(throws: WireFault.self, "\(sample) cut to \(count)") { try sample.again(part) }
      }
      #expect(throws: WireFault.self, "\(sample) and a byte") {
        try sample.again(Frame(kind: kind, payload: payload + [0]))
      }
    }
  }

  @Test("any byte may be any other: a fault, or another value that can be written")
  func flips() throws {
    for sample in try Self.samples() {
      let kind = try frames(sample.bytes)[0].kind
      for index in FrameHeader.count..<sample.bytes.count {
        for change: UInt8 in [0x01, 0x40, 0x7f, 0x80, 0xff] {
          var payload = Array(sample.bytes[FrameHeader.count...])
          payload[index - FrameHeader.count] ^= change
          do throws(WireFault) {
            let again = try sample.again(Frame(kind: kind, payload: payload))
            // Truth values have several spellings; everything else is written as it was read.
            #expect(again.count == sample.bytes.count, "\(sample) \(index) \(change)")
          } catch {
            #expect(!error.reason.isEmpty)
          }
        }
      }
    }
  }

  @Test("a header that is short waits, one that lies is a fault")
  func headers() throws {
    let good = FrameWriter(.release, 7).bytes
    for count in 0..<good.count { #expect(try frames(Array(good[..<count])).isEmpty) }
    func changed(_ index: Int, _ byte: UInt8) -> [UInt8] {
      var bytes = good
      bytes[index] = byte
      return bytes
    }
    for index in 4..<8 {
      #expect(throws: WireFault.self, "\(index)") { try frames(changed(index, 0x77)) }
    }
    #expect(throws: WireFault.self) { try frames(changed(3, 0xff)) }
    #expect(throws: WireFault.self) { try frames(FrameWriter(.release, 7).bytes, limit: 7) }
    #expect(try frames(good, limit: 8).count == 1)
  }

  @Test("a log message has a limit of its own, whatever answer is awaited")
  func logs() throws {
    let long = String(repeating: "x", count: FrameParser.logLimit)
    let fitting = PluginLogMessage(level: .info, text: String(long.dropLast(16)))
    #expect(try frames(FrameWriter(.log, fitting).bytes, limit: 1).count == 1)
    let tooLong = PluginLogMessage(level: .info, text: long)
    #expect(throws: WireFault.self) { try frames(FrameWriter(.log, tooLong).bytes) }
  }

  @Test(
    "sizes that are negative or overflow are faults",
    arguments: [
      [-1, -1], [-1, 1], [1, -1], [.max, .max], [.max, 2], [1 << 62, 4], [1 << 32, 1 << 32],
      [.min, .min], [3, 1 << 40],
    ] as [[Int]])
  func sizes(numbers: [Int]) {
    var writer = FrameWriter()
    writer.begin(.scores)
    for number in numbers { writer.put(number) }
    writer.putRaw([UInt8](repeating: 0, count: 64))
    writer.end()
    #expect(throws: WireFault.self) { try frames(writer.bytes)[0].decode(ScoreMatrix.self) }
    #expect(throws: WireFault.self) { try frames(writer.bytes)[0].decode([String].self) }
    #expect(throws: WireFault.self) { try frames(writer.bytes)[0].decode(Masking.self) }
  }

  @Test("a description that no plugin may give of itself is a fault")
  func descriptions() throws {
    var good = try Fixture.open("hostile.c").description
    func isFault(_ change: (inout ClassifierDescription) -> Void) throws -> Bool {
      var bad = good
      change(&bad)
      let frame = try frames(FrameWriter(.created, bad).bytes)[0]
      return (try? frame.decode(ClassifierDescription.self)) == nil
    }
    good.labels = ["a", "b"]
    #expect(try !isFault { _ in })
    #expect(try isFault { $0.labels = [] })
    #expect(try isFault { $0.labels = ["a", ""] })
    #expect(try isFault { $0.labels = ["a", "a"] })
    #expect(try isFault { $0.name = "" })
    #expect(try isFault { $0.tolerance = -1 })
    #expect(try isFault { $0.tolerance = .nan })
    #expect(try isFault { $0.maximumBatch = -1 })
    #expect(try isFault { $0.preferredBatch = 1 << 33 })
  }
}
