import Classification
import FoundationEssentials

/// A program's first line: what it says of itself.
struct ProgramGreeting: Equatable {
  let outputKind: OutputKind
  let labels: [String]
  let modelID: String?
  /// Most texts a line; 0 means no limit.
  let maximumBatch: Int
  let typicalCostMicroseconds: Int
  /// False where it says that equal texts may be scored differently; nil where it says nothing.
  let isDeterministic: Bool?

  /// The version of the protocol.
  private static let version = 1
  private static let help =
    "its first line on standard output has to be like {\"textexplain\": 1, \"labels\": [\"no\", \"yes\"], "
    + "\"outputKind\": \"probability\"}; everything else belongs on standard error"

  /// The JSON object, before its values are checked.
  private struct Fields: Decodable {
    var textexplain: Int
    var labels: [String]
    var outputKind: String
    var modelID: String?
    var maxBatch: Int?
    var typicalMilliseconds: Double?
    var deterministic: Bool?
  }

  /// Reads a line.
  ///
  /// - Throws: ``ProgramFault``.
  init(_ line: [UInt8]) throws(ProgramFault) {
    func fault(_ what: String, help: String = Self.help) -> ProgramFault {
      ProgramFault(.crashed, "begins with a line \(what)", line: line, help: help)
    }
    let fields: Fields
    switch ProgramLine.decode(Fields.self, from: line) {
    case .success(let value): fields = value
    case .failure(let reason): throw fault(reason.what)
    }
    guard fields.textexplain == Self.version else {
      throw fault(
        "that speaks version \(fields.textexplain) of the protocol",
        help: "this textexplain speaks version \(Self.version)")
    }
    guard let kind = OutputKind(rawValue: fields.outputKind) else {
      let kinds = OutputKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault("whose \"outputKind\" is unknown", help: "the output kinds are \(kinds)")
    }
    guard !fields.labels.isEmpty, !fields.labels.contains(""),
      Set(fields.labels).count == fields.labels.count
    else {
      throw fault(
        "whose \"labels\" will not do",
        help: "there has to be at least one; none may be empty, and none may be there twice")
    }
    guard fields.maxBatch ?? 1 >= 1 else {
      throw fault("whose \"maxBatch\" is below 1", help: "leave it out where there is no limit")
    }
    let milliseconds = fields.typicalMilliseconds ?? 0
    guard (0...1e9).contains(milliseconds) else {
      throw fault(
        "whose \"typicalMilliseconds\" is not in 0 … 1e9",
        help: "it is about what one short text costs")
    }
    outputKind = kind
    labels = fields.labels
    modelID = fields.modelID == "" ? nil : fields.modelID
    maximumBatch = fields.maxBatch ?? 0
    typicalCostMicroseconds = Int(milliseconds * 1000)
    isDeterministic = fields.deterministic
  }

  /// The classifier's description.
  func description(of command: ProgramCommand) -> ClassifierDescription {
    ClassifierDescription(
      id: "program", name: command.name, version: "", modelID: modelID, outputKind: outputKind,
      labels: labels, preferredBatch: maximumBatch, maximumBatch: maximumBatch,
      typicalCostMicroseconds: typicalCostMicroseconds)
  }
}
