import ExplanationModel
import Rendering
import Testing

/// What people read, for each document, format and width.
@Suite struct SnapshotTests {
  @Test("plain text", arguments: Samples.all.map(\.name), [80, 40])
  func plain(name: String, width: Int) throws {
    let text = TextRenderer(width: width).render(try Samples.named(name))
    try expectSnapshot(text, "\(name)-\(width).txt")
  }

  @Test("text with colours", arguments: Samples.all.map(\.name))
  func coloured(name: String) throws {
    let text = TextRenderer(width: 80, isColoured: true).render(try Samples.named(name))
    try expectSnapshot(text, "\(name)-80.ansi")
  }

  @Test("Owen values, by sentence and by word", arguments: [80, 40])
  func owen(width: Int) throws {
    try expectSnapshot(TextRenderer(width: width).render(Samples.owen), "owen-\(width).txt")
    let coloured = TextRenderer(width: width, isColoured: true).render(Samples.owen)
    try expectSnapshot(coloured, "owen-\(width).ansi")
  }

  @Test("checks where there is a column for what is good")
  func wideChecks() throws {
    try expectSnapshot(TextRenderer(width: 120).render(Samples.checks), "checks-120.txt")
  }

  @Test("JSON, indented and on one line", arguments: Samples.all.map(\.name))
  func json(name: String) throws {
    let document = try Samples.named(name)
    try expectSnapshot(
      String(decoding: JSONRenderer(style: .pretty).render(document), as: UTF8.self), "\(name).json"
    )
    try expectSnapshot(
      String(decoding: JSONRenderer(style: .line).render(document), as: UTF8.self), "\(name).ndjson"
    )
  }
}

extension Samples {
  static func named(_ name: String) throws -> ExplanationDocument {
    try #require(all.first { $0.name == name }?.document)
  }
}
