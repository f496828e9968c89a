import CTextExplain
import Classification

/// A plugin's answer other than `TX_OK`: its code, and its message if it wrote one.
struct PluginFailure {
  let code: tx_result
  let message: String?

  /// Room for a message, in bytes.
  private static let capacity = 1024

  /// A failure that the host found.
  init(breach: String) {
    code = tx_result(TX_E_INTERNAL)
    message = "it breaks the contract: " + breach
  }

  private init(code: tx_result, message: String?) {
    self.code = code
    self.message = message
  }

  /// Makes one fallible call with room for a message.
  ///
  /// - Returns: nil where the call succeeded.
  static func of(_ call: (UnsafeMutablePointer<tx_error>) -> tx_result) -> PluginFailure? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { room in
      var error = tx_error(
        size: UInt32(MemoryLayout<tx_error>.size), capacity: UInt32(capacity), length: 0,
        reserved: 0,
        message: room.baseAddress)
      let code = call(&error)
      if code == tx_result(TX_OK) { return nil }
      let length = min(Int(error.length), capacity)
      let text = String(decoding: UnsafeRawBufferPointer(room)[..<length], as: UTF8.self)
      return PluginFailure(
        code: code, message: text.isEmpty ? nil : TextExcerpt.escapingControls(text))
    }
  }

  /// What happened: the plugin's own words, or else what the code says.
  var reason: String { message ?? meaning }

  private var meaning: String {
    switch Int(code) {
    case TX_E_INTERNAL: "it has a defect and gives no details"
    case TX_E_ARGUMENT: "it was called wrongly, as it says"
    case TX_E_OPTION: "it rejects an option and does not say which"
    case TX_E_MODEL: "its model is missing or unusable"
    case TX_E_NOMEM: "it ran out of memory"
    case TX_E_UNSUPPORTED: "it does not support this"
    case TX_E_CANCELLED: "it stopped as if told to"
    case TX_E_DEADLINE: "it ran out of time"
    case TX_E_ENCODING: "it says that a text is not UTF-8"
    case TX_E_TOO_LONG: "a text exceeds what its model can read"
    case TX_E_DEVICE: "an accelerator failed or is missing"
    case TX_E_HOST: "it says that this program failed it"
    default: "it answers with the unknown code \(code)"
    }
  }

  /// The failure of opening a model.
  func openError(plugin: String) -> PluginError {
    let message = "plugin \"\(plugin)\" cannot open its model: \(reason)"
    switch Int(code) {
    case TX_E_OPTION:
      return PluginError(
        .invalidOption, "plugin \"\(plugin)\" rejects its options: \(reason)",
        help: "correct the --option it names")
    case TX_E_MODEL:
      return PluginError(.unusableModel, message, help: "check the file that the option names")
    default: return PluginError(.openFailed, message)
    }
  }

  /// The failure of a step while scoring.
  ///
  /// - Parameter step: completes the sentence "failed while".
  func scoringError(plugin: String, step: String) -> ClassifierError {
    let message = "plugin \"\(plugin)\" failed while \(step): \(reason)"
    if Int(code) == TX_E_TOO_LONG {
      return ClassifierError(code: .textTooLong, message: message, help: "shorten the text")
    }
    if Int(code) == TX_E_DEADLINE {
      return ClassifierError(
        code: .timedOut, message: message, help: "give it more time with --timeout")
    }
    return ClassifierError(code: .classifierFailed, message: message)
  }
}
