public import ExplanationModel

/// Renders documents as JSON of schema version 1.
///
/// The fields, their order and their types are those of ``explanationSchema``. Absent values are left out. Doubles
/// are the shortest decimals that read back as the same number, and finite. Every record ends with a line feed.
///
///     {"schemaVersion":"1","generator":{"name":"textexplain",…},"plugin":{…},"text":"…",
///      "prediction":{"outputKind":"probability","labels":[…],"scores":[…]},
///      "tokens":[{"index":0,"text":"I","kind":"word","utf8":[0,1],"utf16":[0,1],"scalars":[0,1]},…],
///      "explanations":[{"method":"shapley",…},{"method":"lime",…}],
///      "evaluations":{"distinct":512},"agreement":{…}}
public struct JSONRenderer: Sendable {
  /// How the record is laid out.
  public enum Style: Sendable {
    /// Indented by two spaces; what fits into 120 bytes (a token, an attribution, a range) stays on one line.
    case pretty
    /// On one line without spaces, as NDJSON wants it.
    case line
  }

  /// How the record is laid out.
  public var style: Style

  /// Makes a renderer.
  public init(style: Style) { self.style = style }

  /// The UTF-8 bytes of a document.
  ///
  /// - Precondition: All numbers in it are finite.
  /// - Complexity: O(*n*) in the bytes of the result.
  public func render(_ document: ExplanationDocument) -> [UInt8] { render(JSONValue(document)) }

  /// The UTF-8 bytes of an error record.
  public func render(_ record: ErrorRecord) -> [UInt8] { render(JSONValue(record)) }

  /// The UTF-8 bytes of any JSON value.
  package func render(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    switch style {
    case .pretty: writer.writeIndented(value, width: 120)
    case .line: writer.write(value, spaced: false)
    }
    writer.endLine()
    return writer.bytes
  }
}
