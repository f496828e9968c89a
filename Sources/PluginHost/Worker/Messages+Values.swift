import Classification

extension ScoreMatrix: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(rows)
    frame.put(outputs)
    frame.putRaw(values)
    frame.putRaw(flags.map(\.rawValue))
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    let rows: Int = try frame.get()
    let outputs: Int = try frame.get()
    let (count, isOverflow) = rows.multipliedReportingOverflow(by: outputs)
    if isOverflow { throw WireFault("a matrix is too large") }
    let values: [Double] = try frame.raw(count)
    let flags: [UInt8] = try frame.raw(rows)
    self.init(rows: rows, outputs: outputs)
    self.values = values
    self.flags = flags.map { RowFlags(rawValue: $0) }
  }
}

extension PluginError: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(code.rawValue)
    frame.put(message)
    frame.put(help)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    guard let code = Code(rawValue: try frame.get()) else { throw WireFault("an unknown error") }
    self.init(code, try frame.get(), help: try frame.get(String?.self))
  }
}

extension ClassifierError: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(code.rawValue)
    frame.put(message)
    frame.put(help)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    guard let code = Code(rawValue: try frame.get()) else { throw WireFault("an unknown error") }
    self.init(code: code, message: try frame.get(), help: try frame.get(String?.self))
  }
}

extension PluginLogMessage: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(Int(level.rawValue))
    frame.put(text)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    guard let number = Int32(exactly: try Int(from: &frame)), let level = Level(rawValue: number)
    else { throw WireFault("an unknown log level") }
    self.init(level: level, text: try frame.get())
  }
}

extension PluginOption: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(key)
    frame.put(value)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    self.init(key: try frame.get(), value: try frame.get())
  }
}

extension Masking: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(text.count)
    frame.putRaw(text)
    frame.put(pieces.count)
    frame.putRaw(pieces.flatMap { [$0.lowerBound, $0.upperBound] })
    switch absent {
    case .remove: frame.put(0)
    case .replace(let filler):
      frame.put(1)
      frame.put(filler)
    case .model: frame.put(2)
    }
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    let text: [UInt8] = try frame.raw(try frame.get())
    let count: Int = try frame.get()
    guard count >= 0, count <= text.count else { throw WireFault("too many pieces") }
    let bounds: [Int] = try frame.raw(2 * count)
    var end = 0
    var pieces: [Range<Int>] = []
    for index in 0..<count {
      let (lower, upper) = (bounds[2 * index], bounds[2 * index + 1])
      guard lower >= end, upper > lower, upper <= text.count else {
        throw WireFault("a piece lies outside its text")
      }
      pieces.append(lower..<upper)
      end = upper
    }
    let absent: Absent =
      switch try frame.get(Int.self) {
      case 0: .remove
      case 1: .replace(with: try frame.get())
      case 2: .model
      default: throw WireFault("an unknown kind of absence")
      }
    self.init(text: text, pieces: pieces, absent: absent)
  }
}

extension ClassifierDescription: WireValue {
  package func write(to frame: inout FrameWriter) {
    for text in [id, name, version, outputKind.rawValue] { frame.put(text) }
    frame.put(modelID)
    frame.put(labels)
    frame.put(tolerance)
    for number in [preferredBatch, maximumBatch, maximumTextBytes, typicalCostMicroseconds] {
      frame.put(number)
    }
    frame.put(isBatchInvariant)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    let id: String = try frame.get()
    let name: String = try frame.get()
    let version: String = try frame.get()
    guard let kind = OutputKind(rawValue: try frame.get()) else {
      throw WireFault("an unknown output kind")
    }
    self.init(
      id: id, name: name, version: version, modelID: try frame.get(String?.self), outputKind: kind,
      labels: try frame.get(), tolerance: try frame.get(), preferredBatch: try frame.get(),
      maximumBatch: try frame.get(), maximumTextBytes: try frame.get(),
      typicalCostMicroseconds: try frame.get(), isBatchInvariant: try frame.get())
    // The worker has checked this too, but whoever runs in its process can say anything.
    let numbers = [preferredBatch, maximumBatch, maximumTextBytes, typicalCostMicroseconds]
    let names = [id, name, version] + labels
    guard !labels.isEmpty, !names.contains(""), Set(labels).count == labels.count,
      tolerance.isFinite, tolerance >= 0,
      numbers.allSatisfy({ 0...Int(UInt32.max) ~= $0 })
    else { throw WireFault("a description is out of range") }
  }
}
