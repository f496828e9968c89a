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
      let padding = String(repeating: " ", count: max(1, 17 - key.count))
      lines.append(key + padding + visible(value))
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
      let value =
        option.defaultValue.map { $0.isEmpty ? "optional" : "default \($0)" } ?? "required"
      let head = "  \(option.key)=\(option.type.uppercased())"
      lines.append(
        visible(
          "\(head)  \(option.documentation)\(option.documentation.isEmpty ? "" : " ")(\(value))"))
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
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
