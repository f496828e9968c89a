/// What a plugin says of itself, as told by a process that opened it.
package struct Inspection: Sendable {
  /// One option that the plugin takes.
  package struct Option: Sendable {
    /// The option's name.
    package let key: String
    /// `string`, `integer`, `number`, `boolean`, `choice`, `file`, `directory` or `unknown`.
    package let type: String
    /// nil where the user has to give it; empty where it stays off.
    package let defaultValue: String?
    /// What a choice can be.
    package let choices: [String]
    /// What it does; may be empty.
    package let documentation: String
  }

  /// Field after field as the process told them: a key and its value.
  private let fields: [(key: String, value: String)]

  /// A field's value, nil where the plugin says nothing.
  package subscript(key: String) -> String? { fields.first { $0.key == key }?.value }

  /// All values of a field that may occur several times.
  package func all(_ key: String) -> [String] { fields.filter { $0.key == key }.map(\.value) }

  /// Whether a model was opened: labels are known only then.
  package var isOpen: Bool { self["not-opened"] == nil }

  /// The options in the plugin's order.
  package var options: [Option] {
    all("option").map { key in
      Option(
        key: key, type: self["option \(key) type"] ?? "unknown",
        defaultValue: self["option \(key) default"], choices: all("option \(key) choice"),
        documentation: self["option \(key) doc"] ?? "")
    }
  }

  /// Opens a plugin in a process of its own and asks.
  ///
  /// - Parameters:
  ///   - path: absolute, of a file that was checked.
  ///   - bounds: what opening it may cost.
  /// - Throws: ``InspectionFailure`` where the plugin cannot be loaded, hangs or dies.
  package static func of(
    _ path: String, options: [String], workingDirectory: String, bounds: CheckBounds
  ) throws(InspectionFailure) -> Inspection {
    let request = CheckRequest(
      id: HelperProcess.inspection.rawValue, plugin: path, seed: 0, options: options,
      workingDirectory: workingDirectory, bounds: bounds)
    do {
      let answer = try HelperProcess.inspection.ask(request, hasOwnGroup: true)
      return Inspection(fields: FieldList.decode(answer))
    } catch let violation as Violation {
      throw InspectionFailure(reason: violation.reason)
    } catch {
      throw InspectionFailure(reason: "\(error)")
    }
  }

  /// Whether a library exports the entry function, as far as its symbol table says; true where it has none.
  package static func hasEntry(_ path: String) -> Bool {
    guard let file = try? ElfFile(path), !file.symbols.isEmpty else { return true }
    return file.exports.contains { $0.hasPrefix("textexplain_plugin_v") }
  }
}

/// Why a plugin cannot say anything.
package struct InspectionFailure: Error, Sendable {
  /// One sentence.
  package let reason: String

  /// Makes a failure.
  package init(reason: String) { self.reason = reason }
}

/// Keys and values on one line, whatever characters they have.
enum FieldList {
  static func encode(_ fields: [(key: String, value: String)]) -> String {
    fields.map { escape($0.key) + "\t" + escape($0.value) }.joined(separator: "\t")
  }

  static func decode(_ line: String) -> [(key: String, value: String)] {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(unescape)
    return stride(from: 0, to: parts.count - 1, by: 2).map { (parts[$0], parts[$0 + 1]) }
  }

  private static func escape(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func unescape(_ text: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        result.append(scalar == "t" ? "\t" : scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
