import Foundation
import Segmentation
import Testing

/// The Unicode Consortium's own tests, from the Debian package unicode-data.
@Suite struct UnicodeBreakTests {
  /// A line of a break test: code points in hexadecimal, with ÷ where there is a boundary and ×
  /// where there is none.
  struct Line {
    var notation: String
    var bytes: [UInt8] = []
    var boundaries: [Int] = []

    init(_ notation: String) throws {
      self.notation = notation
      for part in notation.split(separator: " ") {
        switch part {
        case "÷": boundaries.append(bytes.count)
        case "×": break
        default:
          let scalar = try #require(UInt32(part, radix: 16).flatMap(Unicode.Scalar.init))
          bytes += Array(String(scalar).utf8)
        }
      }
    }

    /// The same text in the notation, with other boundaries.
    func notation(boundaries: [Int]) -> String {
      var offset = 0
      var parts: [String] = []
      for part in notation.split(separator: " ") {
        if let scalar = UInt32(part, radix: 16).flatMap(Unicode.Scalar.init) {
          parts.append(String(part))
          offset += String(scalar).utf8.count
        } else {
          parts.append(boundaries.contains(offset) ? "÷" : "×")
        }
      }
      return parts.joined(separator: " ")
    }
  }

  static func lines(of name: String) throws -> [Line] {
    let path = "/usr/share/unicode/auxiliary/\(name)"
    guard FileManager.default.fileExists(atPath: path) else {
      throw MissingData(description: "\(path) is missing: install the Debian package unicode-data")
    }
    return try lines(in: URL(filePath: path))
  }

  static func lines(in url: URL) throws -> [Line] {
    try String(contentsOf: url, encoding: .utf8).split(separator: "\n").compactMap { line in
      let notation = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      return notation.isEmpty ? nil : try Line(notation)
    }
  }

  struct MissingData: Error, CustomStringConvertible { var description: String }

  /// What ICU gives where it differs from the file, in the order of the file.
  func differences(_ lines: [Line], unit: SegmentationUnit, locale: String = "") throws -> [String]
  {
    let segmenter = try Segmenter(unit: unit, locale: locale)
    return try lines.compactMap { line in
      let boundaries = try segmenter.boundaries(in: line.bytes)
      return boundaries == line.boundaries ? nil : line.notation(boundaries: boundaries)
    }
  }

  @Test(
    "words break as in WordBreakTest, but for the colon, which in CLDR's root joins no letters"
  )
  func words() throws {
    let lines = try Self.lines(of: "WordBreakTest.txt")
    #expect(lines.count == 1823)
    let url = try #require(
      Bundle.module.url(
        forResource: "word-break-differences.txt", withExtension: nil, subdirectory: "Fixtures"))
    let expected = try Self.lines(in: url)
    #expect(expected.count == 15)
    #expect(try differences(lines, unit: .word) == expected.map(\.notation))
  }

  @Test("Swedish and Finnish keep the colon of WordBreakTest", arguments: ["sv", "fi-FI", "sv_SE"])
  func colon(locale: String) throws {
    let lines = try Self.lines(of: "WordBreakTest.txt")
    #expect(try differences(lines, unit: .word, locale: locale) == [])
  }

  @Test(
    "graphemes and sentences break as in their Unicode files",
    arguments: [
      ("GraphemeBreakTest.txt", SegmentationUnit.grapheme, 602),
      ("SentenceBreakTest.txt", .sentence, 502),
    ])
  func others(file: String, unit: SegmentationUnit, count: Int) throws {
    let lines = try Self.lines(of: file)
    #expect(lines.count == count)
    #expect(try differences(lines, unit: unit) == [])
  }
}
