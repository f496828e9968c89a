import Foundation
import Testing

/// Compares with `Snapshots/<name>`; with `TEXTEXPLAIN_RECORD=1` in the environment writes it instead, and fails.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["TEXTEXPLAIN_RECORD"] == "1" {
    try Data(text.utf8).write(to: url)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
  } else {
    let expected = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    #expect(
      text.utf8.elementsEqual(expected.utf8), "\(name) differs:\n\(text)",
      sourceLocation: sourceLocation)
  }
}
