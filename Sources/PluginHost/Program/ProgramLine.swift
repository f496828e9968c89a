import FoundationEssentials

/// Reads lines of JSON.
enum ProgramLine {
  /// Why a line cannot be read, completing "a line …".
  struct Reason: Error {
    let what: String
  }

  /// Decodes one line, which has to be UTF-8 and one JSON object from beginning to end.
  static func decode<Value: Decodable>(
    _ type: Value.Type, from line: [UInt8]
  ) -> Result<Value, Reason> {
    guard String(validating: line, as: UTF8.self) != nil else {
      return .failure(Reason(what: "that is not UTF-8"))
    }
    // A decoder might take it for another encoding.
    if line.contains(0) { return .failure(notJSON) }
    do {
      return .success(try JSONDecoder().decode(type, from: Data(line)))
    } catch let error as DecodingError {
      let reason = reason(error)
      // The decoder says nothing else of numbers and characters that it cannot hold.
      let isObject = line.first == UInt8(ascii: "{") && line.last == UInt8(ascii: "}")
      return .failure(
        reason.what == notJSON.what && isObject
          ? Reason(what: "that is not JSON, or has a number or a character out of range") : reason)
    } catch {
      return .failure(notJSON)
    }
  }

  private static let notJSON = Reason(what: "that is not JSON")

  private static func reason(_ error: DecodingError) -> Reason {
    switch error {
    case .keyNotFound(let key, _): Reason(what: "without \"\(key.stringValue)\"")
    case .typeMismatch(_, let context) where context.codingPath.isEmpty:
      Reason(what: "that is not a JSON object")
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      Reason(what: "whose \(name(context.codingPath)) is no \(name(type))")
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      Reason(what: "whose \(name(context.codingPath)) is out of range")
    default: notJSON
    }
  }

  /// As `"scores"[3][1]`.
  private static func name(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { name, key in
      name += key.intValue.map { "[\($0)]" } ?? "\"\(key.stringValue)\""
    }
  }

  private static func name(_ type: any Any.Type) -> String {
    switch type {
    case is Int.Type: "whole number"
    case is Double.Type: "number"
    case is Bool.Type: "true or false"
    case is String.Type: "string"
    default: "list"
    }
  }
}
