import CTextExplain

/// A failed call: its code tells the host what to do next, its message tells the reader what happened.
///
/// Any other error that a classifier throws reaches the host as ``Code/internal`` with its description.
public struct PluginError: Error, CustomStringConvertible {
  /// The failures of the contract (`TX_E_…`).
  public enum Code: tx_result, Sendable, CaseIterable {
    /// A defect of the plugin.
    case `internal` = -1
    /// The host broke a rule of the contract.
    case argument = -2
    /// An option is unknown, ill-typed or out of range; the message names its key.
    case option = -3
    /// A model file is missing or unusable; the message names the file.
    case model = -4
    /// Out of memory; the instance stays usable.
    case memory = -5
    /// A valid request that this plugin does not serve.
    case unsupported = -6
    /// The host asked to stop; the instance stays usable.
    case cancelled = -7
    /// The deadline has passed; the instance stays usable.
    case deadline = -8
    /// The text is not UTF-8.
    case encoding = -9
    /// A text exceeds what the model can read.
    case tooLong = -10
    /// An accelerator failed or is missing.
    case device = -11
    /// A sink or a host callback refused.
    case host = -12
  }

  /// What the host does next.
  public let code: Code
  /// What happened, for the reader: one sentence in lower case.
  public let message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}

extension PluginError {
  /// Writes the message into the host's room, cut at a character boundary, and gives the code.
  func report(to error: UnsafeMutablePointer<tx_error>?) -> tx_result {
    guard let error, Int(error.pointee.size) >= Layout.errorMessage else { return code.rawValue }
    guard let room = error.pointee.message else {
      error.pointee.length = 0
      return code.rawValue
    }
    var message = self.message
    error.pointee.length = message.withUTF8 { bytes in
      var length = min(bytes.count, Int(error.pointee.capacity))
      while length > 0 && length < bytes.count && bytes[length] & 0xC0 == 0x80 { length -= 1 }
      for i in 0..<length { room[i] = CChar(bitPattern: bytes[i]) }
      return UInt32(length)
    }
    return code.rawValue
  }
}

/// Runs a fallible call and turns its failure into a code and a message.
func reporting(
  to room: UnsafeMutablePointer<tx_error>?, _ body: () throws -> Void
) -> tx_result {
  do {
    try body()
    return tx_result(TX_OK)
  } catch let error as PluginError {
    return error.report(to: room)
  } catch {
    return PluginError(.internal, String(describing: error)).report(to: room)
  }
}
