import Foundation

/// A page of which one part is written by the benchmark and the rest by hand.
struct Page {
  private static let begin = "<!-- Written by make bench-accuracy: what is here is overwritten. -->"
  private static let end = "<!-- End of what make bench-accuracy writes. -->"

  let path: String

  /// Replaces the part between the marks, or makes the page where there is none yet.
  ///
  /// - Throws: ``BenchmarkError`` where a page has no marks: it would be lost.
  func write(_ text: String) throws {
    let part = "\(Self.begin)\n\n\(text)\n\(Self.end)\n"
    var page = part
    if FileManager.default.fileExists(atPath: path) {
      page = try String(contentsOfFile: path, encoding: .utf8)
      guard
        let begin = page.range(of: Self.begin + "\n"), let end = page.range(of: Self.end + "\n"),
        begin.lowerBound < end.lowerBound
      else { throw BenchmarkError("\"\(path)\" has no marks to write between") }
      page.replaceSubrange(begin.lowerBound..<end.upperBound, with: part)
    }
    try page.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
