/// A JSON value with its fields in a fixed order.
package enum JSONValue {
  case bool(Bool)
  case integer(Int)
  /// Seeds are 64 bits wide, without a sign.
  case unsigned(UInt64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// A half-open range as `[lower, upper]`.
  static func range(_ range: Range<Int>) -> JSONValue {
    .array([.integer(range.lowerBound), .integer(range.upperBound)])
  }

  /// An object of the fields that have a value.
  package static func object(_ fields: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(fields.compactMap { key, value in value.map { (key, $0) } })
  }

  var isContainer: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }
}
