/// Checks JSON against those keywords of JSON Schema (draft 2020-12) that the project's schema uses; any other keyword
/// is an error, so that no part of the schema goes unchecked.
struct SchemaValidator {
  struct UnknownKeyword: Error { var name: String }

  let root: JSONTree

  /// What is wrong with the value, each with its place; empty if it is valid.
  func problems(_ value: JSONTree) throws -> [String] { try problems(value, root, at: "$") }

  private func problems(_ value: JSONTree, _ schema: JSONTree, at place: String) throws -> [String]
  {
    guard case .object(let keywords) = schema else {
      throw UnknownKeyword(name: "no object at \(place)")
    }
    var found: [String] = []
    for (keyword, argument) in keywords.sorted(by: { $0.key < $1.key }) {
      switch (keyword, argument, value) {
      case ("$schema", _, _), ("title", .string, _), ("description", .string, _), ("$defs", _, _):
        break
      case ("$ref", .string(let reference), _):
        let name = String(reference.dropFirst("#/$defs/".count))
        guard reference.hasPrefix("#/$defs/"), let target = root["$defs", name] else {
          throw UnknownKeyword(name: reference)
        }
        found += try problems(value, target, at: place)
      case ("oneOf", .array(let options), _):
        let all = try options.map { try problems(value, $0, at: place) }
        let fitting = all.filter(\.isEmpty).count
        if fitting != 1 {
          found.append("\(place): \(fitting) of \(options.count) options fit")
          found += all.min { $0.count < $1.count } ?? []
        }
      case ("type", .string(let name), _):
        if !value.hasType(name) { found.append("\(place): is no \(name)") }
      case ("const", let constant, _):
        if value != constant { found.append("\(place): is not the constant") }
      case ("enum", .array(let values), _):
        if !values.contains(value) { found.append("\(place): is none of the values") }
      case ("required", .array(let names), .object(let fields)):
        for case .string(let name) in names where fields[name] == nil {
          found.append("\(place): has no \(name)")
        }
      case ("properties", .object(let properties), .object(let fields)):
        for (name, field) in fields.sorted(by: { $0.key < $1.key }) {
          if let property = properties[name] {
            found += try problems(field, property, at: "\(place).\(name)")
          }
        }
      case ("additionalProperties", .bool(false), .object(let fields)):
        guard case .object(let properties)? = keywords["properties"] else {
          throw UnknownKeyword(name: "additionalProperties without properties")
        }
        for name in fields.keys.sorted() where properties[name] == nil {
          found.append("\(place): has \(name)")
        }
      case ("items", let schema, .array(let items)):
        for (index, item) in items.enumerated() {
          found += try problems(item, schema, at: "\(place)[\(index)]")
        }
      case ("minItems", .number(let limit), .array(let items)):
        if Double(items.count) < limit { found.append("\(place): too few items") }
      case ("maxItems", .number(let limit), .array(let items)):
        if Double(items.count) > limit { found.append("\(place): too many items") }
      case ("minimum", .number(let limit), .number(let number)):
        if number < limit { found.append("\(place): below \(limit)") }
      case ("exclusiveMinimum", .number(let limit), .number(let number)):
        if number <= limit { found.append("\(place): not above \(limit)") }
      case ("maximum", .number(let limit), .number(let number)):
        if number > limit { found.append("\(place): above \(limit)") }
      case ("minLength", .number(let limit), .string(let text)):
        if Double(text.unicodeScalars.count) < limit { found.append("\(place): too short") }
      case ("pattern", .string(let pattern), .string(let text)):
        if try Regex(pattern).firstMatch(in: text) == nil {
          found.append("\(place): does not match")
        }
      case ("required", .array, _), ("properties", .object, _),
        ("additionalProperties", .bool(false), _),
        ("items", .object, _), ("minItems", .number, _), ("maxItems", .number, _),
        ("minimum", .number, _),
        ("exclusiveMinimum", .number, _), ("maximum", .number, _), ("minLength", .number, _),
        ("pattern", .string, _):
        break  // speaks of values of another type
      default: throw UnknownKeyword(name: keyword)
      }
    }
    return found
  }
}

extension JSONTree {
  fileprivate func hasType(_ name: String) -> Bool {
    switch (name, self) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
      ("number", .number):
      true
    case ("integer", .number(let number)): number == number.rounded()
    default: false
    }
  }
}
