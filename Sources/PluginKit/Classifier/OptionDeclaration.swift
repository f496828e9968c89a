import CTextExplain

/// One option that a classifier accepts, from which the host checks and documents what users give.
public struct OptionDeclaration: Sendable {
  /// What values an option takes.
  public enum Kind: Sendable, Equatable {
    /// Any text.
    case string
    /// A decimal number that fits 64 bits.
    case integer
    /// A finite decimal number.
    case number
    /// `true` or `false`.
    case boolean
    /// One of these.
    case choice([String])
    /// The absolute path of a file that the sandbox opens for reading.
    case file
    /// Likewise a folder and all below it.
    case directory

    /// The constant of the contract.
    var code: Int32 {
      switch self {
      case .string: Int32(TX_OPTION_STRING)
      case .integer: Int32(TX_OPTION_INTEGER)
      case .number: Int32(TX_OPTION_NUMBER)
      case .boolean: Int32(TX_OPTION_BOOLEAN)
      case .choice: Int32(TX_OPTION_CHOICE)
      case .file: Int32(TX_OPTION_FILE)
      case .directory: Int32(TX_OPTION_DIRECTORY)
      }
    }
  }

  /// Its name on the command line.
  public let key: String
  /// What values it takes.
  public let kind: Kind
  /// What holds where the user gives nothing: nil makes the option required, "" leaves it without a value.
  public let defaultValue: String?
  /// What it does, in one line.
  public let documentation: String

  /// Declares an option.
  public init(_ key: String, _ kind: Kind, default value: String?, _ documentation: String) {
    self.key = key
    self.kind = kind
    defaultValue = value
    self.documentation = documentation
  }

  /// Why `value` is none for this option, or nil where it is one.
  func complaint(about value: String) -> String? {
    switch kind {
    case .string: nil
    case .integer: Int64(value) == nil ? "is no integer" : nil
    case .number: Double(value)?.isFinite == true ? nil : "is no finite number"
    case .boolean: ["true", "false"].contains(value) ? nil : "is neither true nor false"
    case .choice(let choices):
      choices.contains(value) ? nil : "is none of \(choices.joined(separator: ", "))"
    case .file, .directory: value.hasPrefix("/") ? nil : "is no absolute path"
    }
  }
}
