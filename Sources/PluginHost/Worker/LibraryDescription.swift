/// What a plugin's library says of itself before any model is open.
public struct LibraryDescription: Sendable, Equatable {
  /// The minor version of the contract that it was built for; for people only.
  public let contractMinor: UInt32
  /// Its classifiers, at least one; the first is the one that is opened.
  public let classifiers: [PluginSummary]

  init(_ library: PluginLibrary) {
    contractMinor = library.contractMinor
    classifiers = library.classifiers.map(\.facts)
  }
}

extension LibraryDescription: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(contractMinor)
    frame.put(classifiers)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    contractMinor = try frame.get()
    classifiers = try frame.get()
    if classifiers.isEmpty { throw WireFault("a library has no classifier") }
  }
}

extension PluginSummary: WireValue {
  package func write(to frame: inout FrameWriter) {
    for text in [id, name, version] { frame.put(text) }
    for text in [vendor, license, summary, url] { frame.put(text) }
    frame.put(needs)
    frame.put(options)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    self.init(
      id: try frame.get(), name: try frame.get(), version: try frame.get(),
      vendor: try frame.get(String?.self), license: try frame.get(String?.self),
      summary: try frame.get(String?.self), url: try frame.get(String?.self),
      needs: try frame.get(), options: try frame.get())
    // The worker has checked this too, but whoever runs in its process can say anything.
    let keys = options.map(\.key)
    guard ![id, name, version].contains(""), Self.isPlain(id), !keys.contains(""),
      Set(keys).count == keys.count
    else { throw WireFault("a library describes itself wrongly") }
  }
}

extension OptionSpecification: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(key)
    frame.put(documentation)
    frame.put(defaultValue)
    let (number, choices): (Int, [String]) =
      switch kind {
      case .string: (1, [])
      case .integer: (2, [])
      case .number: (3, [])
      case .boolean: (4, [])
      case .choice(let choices): (5, choices)
      case .file: (6, [])
      case .directory: (7, [])
      case .unknown(let code): (8, [String(code)])
      }
    frame.put(number)
    frame.put(choices)
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    let key: String = try frame.get()
    let documentation: String = try frame.get()
    let defaultValue = try frame.get(String?.self)
    let number: Int = try frame.get()
    let choices: [String] = try frame.get()
    let kinds: [Kind] = [.string, .integer, .number, .boolean, .choice(choices), .file, .directory]
    let kind: Kind
    if kinds.indices.contains(number - 1) {
      kind = kinds[number - 1]
    } else if number == 8, choices.count == 1, let code = Int32(choices[0]) {
      kind = .unknown(code)
    } else {
      throw WireFault("an option is of an unknown kind")
    }
    self.init(key: key, documentation: documentation, kind: kind, defaultValue: defaultValue)
  }
}

extension PluginFile: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(path)
    frame.put(sha256)
    frame.putRaw([stamp.device, stamp.inode])
    for number in [Int(stamp.size), stamp.seconds, stamp.nanoseconds] { frame.put(number) }
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    let path: String = try frame.get()
    let sha256: String = try frame.get()
    let identity: [UInt64] = try frame.raw(2)
    let size: Int = try frame.get()
    self.init(
      path: path, sha256: sha256,
      stamp: Stamp(
        device: identity[0], inode: identity[1], size: Int64(size), seconds: try frame.get(),
        nanoseconds: try frame.get()))
  }
}
