import CTextExplain

/// The host's growing array for results of unknown length.
struct RecordSink {
  private let sink: tx_sink

  init(_ sink: UnsafePointer<tx_sink>?) throws {
    guard let sink, Int(sink.pointee.size) >= Layout.sinkPut, sink.pointee.put != nil else {
      throw PluginError(.argument, "no sink for the results")
    }
    self.sink = sink.pointee
  }

  /// Hands over records, each as long as the host knows it.
  func put<Record: BitwiseCopyable>(_ records: [Record]) throws {
    if records.isEmpty { return }
    let (known, own) = (Int(sink.record_size), MemoryLayout<Record>.stride)
    var bytes = [UInt8](repeating: 0, count: known * records.count)
    records.withUnsafeBytes { source in
      for i in records.indices {
        for offset in 0..<min(known, own) { bytes[i * known + offset] = source[i * own + offset] }
      }
    }
    let answer = bytes.withUnsafeBytes { sink.put(sink.ctx, $0.baseAddress, records.count) }
    if answer < 0 { throw PluginError(.host, "the host refused the results") }
  }
}
