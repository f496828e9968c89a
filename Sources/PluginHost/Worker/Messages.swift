import Classification

/// What the host asks a fresh worker to do: shut itself in, then load the plugin.
struct LoadRequest: WireValue {
  let file: PluginFile
  /// The path to load from: the file's own, or that of a sealed copy.
  let path: String
  let doors: WorkerDoors

  init(file: PluginFile, path: String, doors: WorkerDoors) {
    self.file = file
    self.path = path
    self.doors = doors
  }

  func write(to frame: inout FrameWriter) {
    frame.put(file)
    frame.put(path)
    frame.put(doors)
  }

  init(from frame: inout FrameReader) throws(WireFault) {
    file = try frame.get()
    path = try frame.get()
    doors = try frame.get()
  }
}

/// What the worker answers to a ``LoadRequest``.
struct LoadedReply: WireValue {
  let library: LibraryDescription
  /// What of the sandbox this machine lacks, in words.
  let missingLayers: [String]

  init(library: LibraryDescription, missingLayers: [String]) {
    self.library = library
    self.missingLayers = missingLayers
  }

  func write(to frame: inout FrameWriter) {
    frame.put(library)
    frame.put(missingLayers)
  }

  init(from frame: inout FrameReader) throws(WireFault) {
    library = try frame.get()
    missingLayers = try frame.get()
  }
}

/// What the host asks for next: to open a model.
struct CreateRequest: WireValue {
  /// In canonical spelling.
  let options: [PluginOption]
  let hostVersion: String

  init(options: [PluginOption], hostVersion: String) {
    self.options = options
    self.hostVersion = hostVersion
  }

  func write(to frame: inout FrameWriter) {
    frame.put(options)
    frame.put(hostVersion)
  }

  init(from frame: inout FrameReader) throws(WireFault) {
    options = try frame.get()
    hostVersion = try frame.get()
  }
}

/// A text that the plugin is to prepare, under a number that the host chose.
struct PrepareRequest: WireValue {
  let id: Int
  let masking: Masking

  init(id: Int, masking: Masking) {
    self.id = id
    self.masking = masking
  }

  func write(to frame: inout FrameWriter) {
    frame.put(id)
    frame.put(masking)
  }

  init(from frame: inout FrameReader) throws(WireFault) {
    id = try frame.get()
    masking = try frame.get()
  }
}

/// Subsets of a prepared text.
struct ScoreRequest: WireValue {
  let id: Int
  let rows: Int
  let masks: ArraySlice<UInt64>

  init(id: Int, rows: Int, masks: ArraySlice<UInt64>) {
    self.id = id
    self.rows = rows
    self.masks = masks
  }

  func write(to frame: inout FrameWriter) {
    frame.put(id)
    frame.put(rows)
    frame.put(masks.count)
    frame.putRaw(masks)
  }

  init(from frame: inout FrameReader) throws(WireFault) {
    id = try frame.get()
    rows = try frame.get()
    let words: [UInt64] = try frame.raw(try frame.get())
    masks = words[...]
  }
}

/// A range of a batch's texts.
struct PredictRequest: WireValue {
  let batch: TextBatch
  let rows: Range<Int>

  init(batch: TextBatch, rows: Range<Int>) {
    self.batch = batch
    self.rows = rows
  }

  func write(to frame: inout FrameWriter) {
    let start = rows.isEmpty ? 0 : batch.range(of: rows.lowerBound).lowerBound
    let end = rows.isEmpty ? 0 : batch.range(of: rows.upperBound - 1).upperBound
    frame.put(rows.count)
    frame.putRaw(start == 0 ? batch.ends[rows] : batch.ends[rows].map { $0 - start }[...])
    frame.put(end - start)
    frame.putRaw(batch.bytes[start..<end])
  }

  init(from frame: inout FrameReader) throws(WireFault) {
    let ends: [Int] = try frame.raw(try frame.get())
    let bytes: [UInt8] = try frame.raw(try frame.get())
    guard let batch = TextBatch(bytes: bytes, ends: ends) else {
      throw WireFault("the ends of the texts do not fit their bytes")
    }
    self.batch = batch
    rows = 0..<ends.count
  }
}
