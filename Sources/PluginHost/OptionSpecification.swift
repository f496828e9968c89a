/// One option that a classifier accepts.
public struct OptionSpecification: Sendable, Equatable {
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
    /// One of the given words.
    case choice([String])
    /// A file to read.
    case file
    /// A folder to read, with all below it.
    case directory
    /// A kind that only newer versions of this program know.
    case unknown(Int32)
  }

  /// The option's name.
  public let key: String
  /// What it does, for people; may be empty.
  public let documentation: String
  /// What values it takes.
  public let kind: Kind
  /// What the plugin uses where the user says nothing; nil where the user has to say something, and empty where
  /// the option simply stays off.
  public let defaultValue: String?

  /// Whether the user has to give the option.
  public var isRequired: Bool { defaultValue == nil }
}
