import Foundation
import Testing

/// A named case of a fixture file.
///
/// Its lines are `name: marked text`; empty ones and those that begin with `#` are comments.
struct Fixture: Sendable, CustomStringConvertible {
  var name: String
  var marked: String
  var description: String { name }

  static func load(_ file: String) throws -> [Fixture] {
    let url = try #require(
      Bundle.module.url(forResource: file, withExtension: nil, subdirectory: "Fixtures"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { line in
        let separator = try #require(line.firstRange(of: ": "), "\(file): no name in \(line)")
        return Fixture(
          name: String(line[..<separator.lowerBound]), marked: String(line[separator.upperBound...])
        )
      }
  }
}
