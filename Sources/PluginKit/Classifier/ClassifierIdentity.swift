import CTextExplain

/// What a classifier is called, and what the sandbox has to leave open for it.
public struct ClassifierIdentity: Sendable {
  /// What a classifier cannot work without; everything else is closed to it.
  public struct Needs: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt32

    /// Makes a set of bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// It starts threads.
    public static let threads = Needs(rawValue: UInt32(TX_NEEDS_THREADS))
    /// It opens connections, which the user has to allow.
    public static let network = Needs(rawValue: UInt32(TX_NEEDS_NETWORK))
    /// It uses a graphics processor.
    public static let gpu = Needs(rawValue: UInt32(TX_NEEDS_GPU))
    /// It writes to a private folder, which `TMPDIR` names.
    public static let scratch = Needs(rawValue: UInt32(TX_NEEDS_SCRATCH))
  }

  /// Permanent, in reverse-DNS form of `a`–`z`, `0`–`9`, `.` and `-`: "org.example.sentiment".
  public var id: String
  /// What people call it.
  public var name: String
  /// Its version by Semantic Versioning 2.
  public var version: String
  /// Who offers it.
  public var vendor: String?
  /// An SPDX expression.
  public var license: String?
  /// What it does, in one line.
  public var summary: String?
  /// Where to read more.
  public var url: String?
  /// What the sandbox has to leave open.
  public var needs: Needs

  /// Makes an identity.
  public init(
    id: String, name: String, version: String, vendor: String? = nil, license: String? = nil,
    summary: String? = nil, url: String? = nil, needs: Needs = []
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.vendor = vendor
    self.license = license
    self.summary = summary
    self.url = url
    self.needs = needs
  }
}
