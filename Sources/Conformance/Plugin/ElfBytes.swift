/// The bytes of a file that may say anything of itself.
///
/// Invariants: no offset is added up without a look at the overflow, nothing outside the file is read, and all
/// names together cost no more than a few times the file's size, however often tables point to the same bytes.
struct ElfBytes {
  static let ends = Violation("the file ends inside one of its tables")

  private let bytes: [UInt8]
  /// Bytes of names that may still be read; names in lawful files share few of theirs.
  private var nameBytes: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    nameBytes = 16 * bytes.count
  }

  /// A little-endian number of so many bytes, at most 8.
  func field(_ offset: UInt64, _ width: Int) throws -> UInt64 {
    guard offset <= UInt64(bytes.count), width <= bytes.count - Int(offset) else { throw Self.ends }
    return bytes[Int(offset)..<Int(offset) + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The fields of one entry of a table, by their offset in it and their width.
  func field(
    _ table: UInt64, plus distance: UInt64
  ) throws -> (_ offset: UInt64, _ width: Int) throws -> UInt64 {
    let entry = try Self.sum(table, distance)
    return { try field(Self.sum(entry, $0), $1) }
  }

  /// The name that ends at the first zero byte, or at the file's end.
  mutating func string(_ table: UInt64, plus distance: UInt64) throws -> String {
    let start = try Self.sum(table, distance)
    guard start < UInt64(bytes.count) else { throw Self.ends }
    let name = bytes[Int(start)...].prefix { $0 != 0 }
    nameBytes -= name.count
    if nameBytes < 0 { throw Violation("the file's names overlap too much") }
    return String(decoding: name, as: UTF8.self)
  }

  private static func sum(_ a: UInt64, _ b: UInt64) throws -> UInt64 {
    let (sum, overflows) = a.addingReportingOverflow(b)
    if overflows { throw ends }
    return sum
  }
}
