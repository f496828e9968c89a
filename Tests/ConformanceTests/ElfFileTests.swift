import Conformance
import Foundation
import Testing
import _TestSupport

/// `plugin list` reads every library it finds in its own process, whatever is in there.
///
/// Sums of offsets overflowed once, and a negative size was a range: both ended the program.
@Suite("Reading ELF files that may say anything")
struct ElfFileTests {
  /// A number in the file.
  private struct Field {
    let offset: Int
    let width: Int
  }

  private static func library() throws -> [UInt8] {
    try TemporaryFolder().bytes(of: Zoo.Animal(defect: "", failures: []).compile())
  }

  private static func number(_ bytes: [UInt8], _ field: Field) -> Int {
    bytes[field.offset..<field.offset + field.width].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private static func mutated(_ bytes: [UInt8], _ field: Field, _ value: UInt64) -> [UInt8] {
    var bytes = bytes
    for index in 0..<field.width {
      bytes[field.offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
    }
    return bytes
  }

  /// The fields of entries of a table, given by the widths of one entry's.
  private static func table(_ offset: Int, _ count: Int, _ widths: [Int]) -> [Field] {
    var fields: [Field] = []
    var at = offset
    for _ in 0..<count {
      for width in widths {
        fields.append(Field(offset: at, width: width))
        at += width
      }
    }
    return fields
  }

  private static let segmentWidths = [4, 4, 8, 8, 8, 8, 8, 8]
  private static let sectionWidths = [4, 4, 8, 8, 8, 8, 4, 4, 8, 8]

  private static func segments(_ bytes: [UInt8]) -> [Field] {
    table(
      number(bytes, Field(offset: 32, width: 8)), number(bytes, Field(offset: 56, width: 2)),
      segmentWidths)
  }

  private static func sections(_ bytes: [UInt8]) -> [Field] {
    table(
      number(bytes, Field(offset: 40, width: 8)), number(bytes, Field(offset: 60, width: 2)),
      sectionWidths)
  }

  /// Where the dynamic segment's header is.
  private static func dynamicHeader(_ bytes: [UInt8]) throws -> Int {
    try #require(
      segments(bytes).enumerated().first {
        $0.offset % segmentWidths.count == 0 && number(bytes, $0.element) == 2
      }
    ).element.offset
  }

  @Test("an untouched library's exports and libraries")
  func whole() throws {
    let file = try ElfFile(Self.library())
    #expect(file.exports == ["textexplain_plugin_v1"])
    #expect(file.neededLibraries == ["libm.so.6", "libc.so.6"])
  }

  @Test("every number of every header at every extreme is an error or a result, and never a trap")
  func extremes() throws {
    let bytes = try Self.library()
    let header = [4, 8, 8, 8, 4, 2, 2, 2, 2, 2, 2]
    let dynamic = try Self.dynamicHeader(bytes)
    let entries = Self.number(bytes, Field(offset: dynamic + 32, width: 8)) / 16
    let fields =
      Self.table(20, 1, header) + Self.segments(bytes) + Self.sections(bytes)
      + Self.table(Self.number(bytes, Field(offset: dynamic + 8, width: 8)), entries, [8, 8])
    #expect(fields.count > 400)
    let size = UInt64(bytes.count)
    let extremes: [UInt64] = [
      0, 1, 2, 5, 11, size - 1, size, size + 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
      0x7fff_ffff_ffff_fffe, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, .max - 23, .max - 1,
      .max,
    ]
    var (results, errors) = (0, 0)
    for field in fields {
      for value in extremes {
        do {
          let file = try ElfFile(Self.mutated(bytes, field, value))
          results += file.exports.count + file.neededLibraries.count
        } catch { errors += 1 }
      }
    }
    #expect(results > 0 && errors > 0)
    // The tables end where the file does, wherever it is cut.
    for count in stride(from: 0, to: bytes.count, by: 61) {
      _ = try? ElfFile(Array(bytes[..<count]))
    }
  }

  @Test("tables outside the file are errors; a dynamic section ends at its null, whatever its size")
  func known() throws {
    let bytes = try Self.library()
    for offset in [UInt64.max, 0x7fff_ffff_ffff_fffe, UInt64(bytes.count)] {
      for table in [32, 40] {
        let mutated = Self.mutated(bytes, Field(offset: table, width: 8), offset)
        #expect(throws: (any Error).self) { try ElfFile(mutated) }
      }
    }
    let size = Field(offset: try Self.dynamicHeader(bytes) + 32, width: 8)
    for value in [UInt64.max, 0x8000_0000_0000_0000] {
      let file = try ElfFile(Self.mutated(bytes, size, value))
      #expect(file.neededLibraries == ["libm.so.6", "libc.so.6"])
    }
    #expect(try ElfFile(Self.mutated(bytes, size, 0)).neededLibraries.isEmpty)
  }

  @Test("names that all lie in one another cost no more memory than a few times the file")
  func overlappingNames() throws {
    var bytes = try Self.library()
    let sections = Self.sections(bytes)
    let symbols =
      try #require(
        sections.enumerated().first {
          $0.offset % Self.sectionWidths.count == 1 && Self.number(bytes, $0.element) == 11
        }
      ).element.offset - 4
    // As many symbols as zeros make, each named by all the bytes up to the first zero.
    let (zeros, names) = (bytes.count, bytes.count + 24 * 4_096)
    bytes += [UInt8](repeating: 0, count: 24 * 4_096) + [UInt8](repeating: 0x61, count: 1 << 18)
    let link = Self.number(bytes, Field(offset: symbols + 40, width: 4))
    let strings = sections[Self.sectionWidths.count * link].offset
    for (offset, value) in [
      (symbols + 24, zeros), (symbols + 32, 24 * 4_096), (strings + 24, names),
    ] { bytes = Self.mutated(bytes, Field(offset: offset, width: 8), UInt64(value)) }
    #expect(throws: (any Error).self) { try ElfFile(bytes) }
  }

  @Test("plugin list goes on past a library whose headers overflow")
  func list() throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.library()
    let sections = Field(offset: 40, width: 8)
    try folder.write("a.so", Self.mutated(bytes, sections, 0x7fff_ffff_ffff_fffe))
    let size = Field(offset: try Self.dynamicHeader(bytes) + 32, width: 8)
    try folder.write("b.so", Self.mutated(bytes, size, 0x8000_0000_0000_0000))
    try folder.write("c.so", bytes)
    let result = try runTool(["plugin", "list", "--plugin-dir", folder.path])
    #expect(result.ending == .exit(0), "\(result.errors)")
    for name in ["a.so", "b.so", "c.so"] {
      #expect(result.output.contains(folder(name)), "\(result.output)")
    }
  }
}
