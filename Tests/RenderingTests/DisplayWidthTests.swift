import Foundation
import Rendering
import Testing

/// Widths in terminal columns.
@Suite struct DisplayWidthTests {
  /// From Debian's package `unicode-data`.
  private static let file = "/usr/share/unicode/EastAsianWidth.txt"

  @Test("wide scalars are those of EastAsianWidth.txt 15.0")
  func eastAsianWidth() throws {
    let data = try #require(
      FileManager.default.contents(atPath: Self.file),
      "install the package unicode-data for \(Self.file)")
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    try #require(lines.first == "# EastAsianWidth-15.0.0.txt")
    var expected = [Bool](repeating: false, count: 0x110000)
    // The header's defaults for scalars that are not listed.
    for range in [
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ] {
      for value in range { expected[value] = true }
    }
    var listed = 0
    for line in lines where !line.hasPrefix("#") {
      let fields = line.prefix { $0 != "#" }.split(separator: ";")
      let ends = fields[0].replacing("..", with: ".").split(separator: ".").compactMap {
        Int($0, radix: 16)
      }
      let property = fields[1].trimmingCharacters(in: .whitespaces)
      let (first, last) = (try #require(ends.first), try #require(ends.last))
      for value in first...last { expected[value] = property == "W" || property == "F" }
      listed += last - first + 1
    }
    #expect(listed > 280_000)
    let wrong = expected.indices.filter { value in
      Unicode.Scalar(UInt32(value)).map { $0.isWide != expected[value] } ?? false
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(20).map { String($0, radix: 16) })")
  }

  @Test(
    "characters take the columns that terminals give them",
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("电", 2), ("ｆ", 2), ("ﾊ", 1), ("한", 2),
      ("\u{1112}\u{1161}\u{11AB}", 2),
      ("น่", 1), ("क्षि", 3), ("😍", 2), ("👨‍👩‍👧", 2), ("👎🏽", 2), ("☝🏽", 2), ("❤️", 2), ("❤", 1), ("1️⃣", 2),
      ("1", 1),
      ("🇹🇭", 2), ("🏴\u{E0067}\u{E0062}\u{E007F}", 2), ("\u{200B}", 0), ("\u{2068}", 0),
      ("\u{600}", 1), ("─", 1), ("…", 1),
      ("\u{3099}", 0), ("\u{3000}", 2), ("م", 1), ("\u{64E}", 0),
    ])
  func characters(text: String, width: Int) {
    #expect(text.reduce(0) { $0 + $1.displayWidth } == width)
  }
}
