import Foundation

/// A JSON text as a tree, read by Foundation.
enum JSONTree: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONTree])
  case object([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONTree].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONTree].self))
    }
  }

  init(_ bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(JSONTree.self, from: Data(bytes))
  }

  init(_ text: String) throws { try self.init(Array(text.utf8)) }

  /// The value at a path of keys and indices.
  subscript(path: String...) -> JSONTree? { self[path: path] }

  /// The value at a path, to read and to replace; nil takes it away.
  subscript(path path: [String]) -> JSONTree? {
    get { self[path[...]] }
    set { self[path[...]] = newValue }
  }

  private subscript(path: ArraySlice<String>) -> JSONTree? {
    get {
      guard let key = path.first else { return self }
      switch self {
      case .object(let fields): return fields[key]?[path.dropFirst()]
      case .array(let items):
        guard let index = Int(key), items.indices.contains(index) else { return nil }
        return items[index][path.dropFirst()]
      default: return nil
      }
    }
    set {
      guard let key = path.first else {
        if let newValue { self = newValue }
        return
      }
      let rest = path.dropFirst()
      switch self {
      case .object(var fields):
        if rest.isEmpty { fields[key] = newValue } else { fields[key]?[rest] = newValue }
        self = .object(fields)
      case .array(var items):
        guard let index = Int(key), items.indices.contains(index) else { return }
        if let newValue, rest.isEmpty {
          items[index] = newValue
        } else if rest.isEmpty {
          items.remove(at: index)
        } else {
          items[index][rest] = newValue
        }
        self = .array(items)
      default: break
      }
    }
  }
}
