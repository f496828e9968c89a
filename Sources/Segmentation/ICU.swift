import CICU

/// The ICU library in use.
public enum ICU {
  /// Version of the library, such as `72.1`.
  public static let version = string(writtenBy: cicu_version)
  /// Version of the Unicode Standard its data follow, such as `15.0`.
  public static let unicodeVersion = string(writtenBy: cicu_unicode_version)

  private static func string(writtenBy write: (UnsafeMutablePointer<CChar>) -> Void) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 20) { buffer in
      // A buffer of non-zero capacity has an address.
      guard let address = buffer.baseAddress else { return "" }
      write(address)
      return String(cString: address)
    }
  }
}
