import Conformance
import PluginHost
import Rendering

/// What `plugin info` prints.
struct PluginReport {
  let file: PluginFile
  let inspection: Inspection

  private static let single = [
    "name", "id", "version", "description", "vendor", "license", "url", "output kind", "model id",
    "tolerance", "threading", "largest batch", "preferred batch", "longest text",
  ]
  private static let lists = [
    ("label", "labels"), ("language", "languages"), ("extension", "extensions"), ("flag", "flags"),
    ("need", "needs"), ("export", "exports"), ("library", "libraries"),
  ]

  var text: [UInt8] {
    var lines: [String] = []
    func add(_ key: String, _ value: String) {
      let lead = key + String(repeating: " ", count: max(1, Self.indentation - key.count))
      let rows = Self.rows(value, indentation: Self.indentation)
      lines.append(lead + rows.joined(separator: "\n" + String(repeating: " ", count: lead.count)))
    }
    for key in Self.single { if let value = inspection[key] { add(key, value) } }
    for (key, plural) in Self.lists {
      let values = inspection.all(key)
      if !values.isEmpty { add(plural, values.joined(separator: ", ")) }
    }
    add("file", file.path)
    add("sha256", file.sha256)
    if let reason = inspection["not-opened"] { add("not opened", reason) }
    if let remark = inspection["sandbox"] { add("sandbox", remark) }
    if !inspection.options.isEmpty { lines.append("options") }
    for option in inspection.options {
      let values =
        option.choices.isEmpty ? option.type.uppercased() : option.choices.joined(separator: "|")
      let value =
        option.defaultValue.map { $0.isEmpty ? "optional" : "default \($0)" } ?? "required"
      lines.append(visible("  \(option.key)=\(values) (\(value))"))
      if option.documentation.isEmpty { continue }
      lines += Self.rows(option.documentation, indentation: 6)
        .map { String(repeating: " ", count: 6) + $0 }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Where values begin.
  private static let indentation = 17
  private static let width = 80

  /// A text in rows that fit beside an indentation, control characters visible.
  private static func rows(_ text: String, indentation: Int) -> [String] {
    // A checksum is for copying.
    guard text.contains(" ") else { return [visible(text)] }
    return [Glyph](text).wrapped(width: width - indentation).map { $0.map(\.text).joined() }
  }

  var json: [UInt8] {
    var fields: [(key: String, value: JSONValue)] = [("schemaVersion", .string("1"))]
    for key in Self.single {
      guard let value = inspection[key] else { continue }
      let number = Int(value).map { JSONValue.integer($0) } ?? Double(value).map { .double($0) }
      let isNumber = ["tolerance", "largest batch", "preferred batch", "longest text"].contains(key)
      fields.append((Self.camelCase(key), isNumber ? number ?? .string(value) : .string(value)))
    }
    for (key, plural) in Self.lists {
      fields.append((plural, .array(inspection.all(key).map { .string($0) })))
    }
    let options = inspection.options.map { option in
      JSONValue.object([
        "key": .string(option.key), "type": .string(option.type),
        "default": option.defaultValue.map { .string($0) },
        "required": .bool(option.defaultValue == nil),
        "choices": option.choices.isEmpty ? nil : .array(option.choices.map { .string($0) }),
        "doc": .string(option.documentation),
      ])
    }
    fields.append(("options", .array(options)))
    if let reason = inspection["not-opened"] { fields.append(("notOpened", .string(reason))) }
    fields.append(("file", .string(file.path)))
    fields.append(("sha256", .string(file.sha256)))
    return JSONRenderer(style: .pretty).render(.object(fields))
  }

  private static func camelCase(_ key: String) -> String {
    let words = key.split(separator: " ")
    return words.dropFirst().reduce(String(words[0])) { text, word in
      text + (word == "id" ? "ID" : word.prefix(1).uppercased() + word.dropFirst())
    }
  }
}
