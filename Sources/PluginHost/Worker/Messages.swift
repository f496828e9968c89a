import Classification

/// What the host asks a fresh worker to do: shut itself in, then load the plugin.
package struct LoadRequest: WireValue {
  package let file: PluginFile
  /// The path to load from: the file's own, or that of a sealed copy.
  package let path: String
  package let doors: WorkerDoors

  package init(file: PluginFile, path: String, doors: WorkerDoors) {
    self.file = file
    self.path = path
    self.doors = doors
  }

  package func write(to frame: inout FrameWriter) {
    frame.put(file)
    frame.put(path)
    frame.put(doors)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    file = try frame.get()
    path = try frame.get()
    doors = try frame.get()
  }
}

/// What the worker answers to a ``LoadRequest``.
package struct LoadedReply: WireValue {
  package let library: LibraryDescription
  /// What of the sandbox this machine lacks, in words.
  package let missingLayers: [String]

  package init(library: LibraryDescription, missingLayers: [String]) {
    self.library = library
    self.missingLayers = missingLayers
  }

  package func write(to frame: inout FrameWriter) {
    frame.put(library)
    frame.put(missingLayers)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    library = try frame.get()
    missingLayers = try frame.get()
  }
}

/// A request that has the plugin called, and the terms of that call.
package struct Call<Request: WireValue>: WireValue {
  package let terms: CallTerms
  package let request: Request

  package init(_ request: Request, on terms: CallTerms) {
    self.request = request
    self.terms = terms
  }

  package func write(to frame: inout FrameWriter) {
    frame.put(terms.deadline)
    frame.put(terms.seed)
    frame.put(request)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    let deadline: UInt64 = try frame.get()
    var terms = CallTerms(seed: try frame.get())
    terms.deadline = deadline
    self.terms = terms
    request = try frame.get()
  }
}

/// What the host asks for next: to open a model.
package struct CreateRequest: WireValue {
  /// In canonical spelling.
  package let options: [PluginOption]
  package let hostVersion: String

  package init(options: [PluginOption], hostVersion: String) {
    self.options = options
    self.hostVersion = hostVersion
  }

  package func write(to frame: inout FrameWriter) {
    frame.put(options)
    frame.put(hostVersion)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    options = try frame.get()
    hostVersion = try frame.get()
  }
}

/// A text that the plugin is to prepare, under a number that the host chose.
package struct PrepareRequest: WireValue {
  package let id: Int
  package let masking: Masking

  package init(id: Int, masking: Masking) {
    self.id = id
    self.masking = masking
  }

  package func write(to frame: inout FrameWriter) {
    frame.put(id)
    frame.put(masking)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    id = try frame.get()
    masking = try frame.get()
  }
}

/// A text whose tokens are wanted.
package struct TokenizeRequest: WireValue {
  package let text: [UInt8]

  package init(text: [UInt8]) { self.text = text }

  package func write(to frame: inout FrameWriter) {
    frame.put(text.count)
    frame.putRaw(text)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    text = try frame.raw(try frame.get())
  }
}

/// What the worker answers to a ``TokenizeRequest``: ascending ranges, or nil where the plugin shows none.
package struct TokensReply: WireValue {
  package let ranges: [Range<Int>]?

  package init(ranges: [Range<Int>]?) { self.ranges = ranges }

  package func write(to frame: inout FrameWriter) {
    frame.put(ranges?.count)
    frame.putRaw(ranges?.flatMap { [$0.lowerBound, $0.upperBound] } ?? [])
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    guard let count = try frame.get(Int?.self) else {
      ranges = nil
      return
    }
    guard count >= 0, count <= Int.max / 2 else { throw WireFault("too many tokens") }
    let bounds: [Int] = try frame.raw(2 * count)
    var ranges: [Range<Int>] = []
    for index in 0..<count {
      let (lower, upper) = (bounds[2 * index], bounds[2 * index + 1])
      guard lower >= ranges.last?.upperBound ?? 0, upper > lower else {
        throw WireFault("tokens overlap")
      }
      ranges.append(lower..<upper)
    }
    self.ranges = ranges
  }
}

/// Subsets of a prepared text.
package struct ScoreRequest: WireValue {
  package let id: Int
  package let rows: Int
  package let masks: ArraySlice<UInt64>

  package init(id: Int, rows: Int, masks: ArraySlice<UInt64>) {
    self.id = id
    self.rows = rows
    self.masks = masks
  }

  package func write(to frame: inout FrameWriter) {
    frame.put(id)
    frame.put(rows)
    frame.put(masks.count)
    frame.putRaw(masks)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    id = try frame.get()
    rows = try frame.get()
    let words: [UInt64] = try frame.raw(try frame.get())
    masks = words[...]
  }
}

/// A range of a batch's texts.
package struct PredictRequest: WireValue {
  package let batch: TextBatch
  package let rows: Range<Int>

  package init(batch: TextBatch, rows: Range<Int>) {
    self.batch = batch
    self.rows = rows
  }

  package func write(to frame: inout FrameWriter) {
    let start = rows.isEmpty ? 0 : batch.range(of: rows.lowerBound).lowerBound
    let end = rows.isEmpty ? 0 : batch.range(of: rows.upperBound - 1).upperBound
    frame.put(rows.count)
    frame.putRaw(start == 0 ? batch.ends[rows] : batch.ends[rows].map { $0 - start }[...])
    frame.put(end - start)
    frame.putRaw(batch.bytes[start..<end])
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    let ends: [Int] = try frame.raw(try frame.get())
    let bytes: [UInt8] = try frame.raw(try frame.get())
    guard let batch = TextBatch(bytes: bytes, ends: ends) else {
      throw WireFault("the ends of the texts do not fit their bytes")
    }
    self.batch = batch
    rows = 0..<ends.count
  }
}
