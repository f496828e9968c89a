import Glibc

/// The parts of a 64-bit little-endian ELF file that checks look at (System V ABI, chapters 4 and 5).
///
/// All offsets are checked against the file's size: the file may say anything.
struct ElfFile {
  struct Segment {
    let type: UInt32
    let flags: UInt32
    let offset: Int
    let address: UInt64
    let size: Int
  }

  struct Symbol {
    let name: String
    let isDefined: Bool
    let isWeak: Bool
    let isLocal: Bool
    let isHidden: Bool
  }

  private let bytes: [UInt8]
  let segments: [Segment]
  /// Tags and values of the dynamic section.
  let dynamic: [(tag: UInt64, value: UInt64)]
  let symbols: [Symbol]

  init(_ path: String) throws {
    guard let bytes = fileBytes(path), bytes.count > 64 else {
      throw Violation("the file cannot be read")
    }
    self.bytes = bytes
    func field(_ offset: Int, _ width: Int) throws -> UInt64 {
      guard offset >= 0, offset + width <= bytes.count else {
        throw Violation("the file ends at byte \(bytes.count), inside a table")
      }
      return bytes[offset..<offset + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    func string(_ offset: Int) -> String {
      guard bytes.indices.contains(offset) else { return "" }
      return String(decoding: bytes[offset...].prefix { $0 != 0 }, as: UTF8.self)
    }
    let table = Int(truncatingIfNeeded: try field(32, 8))
    let entrySize = Int(try field(54, 2))
    segments = try (0..<Int(try field(56, 2))).map { index in
      let at = table + index * entrySize
      return Segment(
        type: UInt32(try field(at, 4)), flags: UInt32(try field(at + 4, 4)),
        offset: Int(truncatingIfNeeded: try field(at + 8, 8)), address: try field(at + 16, 8),
        size: Int(truncatingIfNeeded: try field(at + 32, 8)))
    }
    var dynamic: [(tag: UInt64, value: UInt64)] = []
    if let segment = segments.first(where: { $0.type == 2 }) {
      for index in 0..<segment.size / 16 {
        let at = segment.offset + 16 * index
        let tag = try field(at, 8)
        if tag == 0 { break }
        dynamic.append((tag, try field(at + 8, 8)))
      }
    }
    self.dynamic = dynamic

    // The symbol table's length is in its section header only.
    let sections = Int(truncatingIfNeeded: try field(40, 8))
    let sectionSize = Int(try field(58, 2))
    var symbols: [Symbol] = []
    for index in 0..<Int(try field(60, 2)) {
      let at = sections + index * sectionSize
      guard try field(at + 4, 4) == 11 else { continue }
      let offset = Int(truncatingIfNeeded: try field(at + 24, 8))
      let count = Int(truncatingIfNeeded: try field(at + 32, 8)) / 24
      let strings = Int(truncatingIfNeeded: try field(at + 40, 4))
      let names = Int(truncatingIfNeeded: try field(sections + strings * sectionSize + 24, 8))
      for symbol in 1..<max(1, count) {
        let at = offset + 24 * symbol
        let binding = try field(at + 4, 1) >> 4
        let visibility = try field(at + 5, 1) & 3
        symbols.append(
          Symbol(
            name: string(names + Int(try field(at, 4))), isDefined: try field(at + 6, 2) != 0,
            isWeak: binding == 2, isLocal: binding == 0,
            isHidden: visibility == 1 || visibility == 2))
      }
    }
    self.symbols = symbols
  }

  func value(_ tag: UInt64) -> UInt64? { dynamic.first { $0.tag == tag }?.value }

  /// The names of the libraries that it needs.
  var neededLibraries: [String] {
    guard let table = value(5),
      let segment = segments.first(where: {
        $0.type == 1 && $0.address <= table && table - $0.address < UInt64($0.size)
      })
    else { return [] }
    let start = segment.offset + Int(table - segment.address)
    return dynamic.filter { $0.tag == 1 }.map { entry in
      let at = start + Int(truncatingIfNeeded: entry.value)
      guard bytes.indices.contains(at) else { return "" }
      return String(decoding: bytes[at...].prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  /// The names that others can link to.
  var exports: [String] {
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
