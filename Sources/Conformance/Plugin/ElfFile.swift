import Glibc

/// The parts of a 64-bit little-endian ELF file that checks look at (System V ABI, chapters 4 and 5).
///
/// The file may say anything: all that it is read through is ``ElfBytes``.
package struct ElfFile {
  struct Segment {
    let type: UInt32
    let flags: UInt32
    let offset: UInt64
    let address: UInt64
    let size: UInt64
  }

  struct Symbol {
    let name: String
    let isDefined: Bool
    let isWeak: Bool
    let isLocal: Bool
    let isHidden: Bool
  }

  let segments: [Segment]
  /// Tags and values of the dynamic section.
  let dynamic: [(tag: UInt64, value: UInt64)]
  let symbols: [Symbol]
  /// The names of the libraries that it needs.
  package let neededLibraries: [String]

  /// Reads a file.
  package init(_ path: String) throws {
    guard let bytes = fileBytes(path) else { throw Violation("the file cannot be read") }
    try self.init(bytes)
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: ``Violation`` where a table leaves the file.
  package init(_ content: [UInt8]) throws {
    var bytes = ElfBytes(content)
    let table = try bytes.field(32, 8)
    let entrySize = try bytes.field(54, 2)
    segments = try (0..<bytes.field(56, 2)).map { index in
      let at = try bytes.field(table, plus: index * entrySize)
      return Segment(
        type: UInt32(try at(0, 4)), flags: UInt32(try at(4, 4)), offset: try at(8, 8),
        address: try at(16, 8), size: try at(32, 8))
    }
    dynamic = try Self.dynamicSection(bytes, segments)
    symbols = try Self.dynamicSymbols(&bytes)
    neededLibraries = try Self.neededLibraries(&bytes, segments, dynamic)
  }

  private static func dynamicSection(
    _ bytes: ElfBytes, _ segments: [Segment]
  ) throws -> [(tag: UInt64, value: UInt64)] {
    var entries: [(tag: UInt64, value: UInt64)] = []
    guard let segment = segments.first(where: { $0.type == 2 }) else { return [] }
    for index in 0..<segment.size / 16 {
      let at = try bytes.field(segment.offset, plus: 16 * index)
      let tag = try at(0, 8)
      if tag == 0 { break }
      entries.append((tag, try at(8, 8)))
    }
    return entries
  }

  /// The symbol table's length is in its section header only, of which there is one at most.
  private static func dynamicSymbols(_ bytes: inout ElfBytes) throws -> [Symbol] {
    let sections = try bytes.field(40, 8)
    let sectionSize = try bytes.field(58, 2)
    for index in 0..<(try bytes.field(60, 2)) {
      let section = try bytes.field(sections, plus: index * sectionSize)
      guard try section(4, 4) == 11 else { continue }
      let table = try section(24, 8)
      let names = try bytes.field(sections, plus: section(40, 4) * sectionSize)(24, 8)
      var symbols: [Symbol] = []
      // No map: it would make room for as many as the file claims to have.
      for index in 1..<max(1, try section(32, 8) / 24) {
        let symbol = try bytes.field(table, plus: 24 * index)
        let binding = try symbol(4, 1) >> 4
        let visibility = try symbol(5, 1) & 3
        symbols.append(
          Symbol(
            name: try bytes.string(names, plus: symbol(0, 4)), isDefined: try symbol(6, 2) != 0,
            isWeak: binding == 2, isLocal: binding == 0,
            isHidden: visibility == 1 || visibility == 2))
      }
      return symbols
    }
    return []
  }

  private static func neededLibraries(
    _ bytes: inout ElfBytes, _ segments: [Segment], _ dynamic: [(tag: UInt64, value: UInt64)]
  ) throws -> [String] {
    guard let table = dynamic.first(where: { $0.tag == 5 })?.value,
      let segment = segments.first(where: {
        $0.type == 1 && $0.address <= table && table - $0.address < $0.size
      })
    else { return [] }
    let (start, overflows) = segment.offset.addingReportingOverflow(table - segment.address)
    if overflows { throw ElfBytes.ends }
    return try dynamic.filter { $0.tag == 1 }.map { try bytes.string(start, plus: $0.value) }
  }

  func value(_ tag: UInt64) -> UInt64? { dynamic.first { $0.tag == tag }?.value }

  /// The names that others can link to.
  package var exports: [String] {
    symbols.filter { $0.isDefined && !$0.isLocal && !$0.isHidden }.map(\.name)
  }
}

/// The content of a file, nil where it cannot be read.
func fileBytes(_ path: String) -> [UInt8]? {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return nil }
  defer { close(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = read(file, &chunk, chunk.count)
    if count < 0 { return nil }
    if count == 0 { return bytes }
    bytes += chunk[..<count]
  }
}
