/// What became of one check.
package struct CheckResult: Sendable {
  /// How the reason begins where the user has left out an option that the plugin cannot do without.
  package static let missingOption = "it needs the option "
  /// How the reason begins where the model that the user's options name cannot be opened.
  package static let unusableModel = "create answers TX_E_MODEL"

  /// How it ended.
  package enum Outcome: Sendable, Equatable {
    case pass
    /// Nothing is broken, but somebody should know.
    case warn(String)
    /// There was nothing to check.
    case skip(String)
    /// The plugin breaks the contract.
    case fail(String)
    /// A signal ended the check's process, or the plugin ended it.
    case crash(String)
    /// The check was still running when its time was up.
    case timeout(String)

    /// The outcome in one word.
    package var word: String {
      switch self {
      case .pass: "pass"
      case .warn: "warn"
      case .skip: "skip"
      case .fail: "fail"
      case .crash: "crash"
      case .timeout: "timeout"
      }
    }

    /// Why, in one line; nil for a plain pass.
    package var reason: String? {
      switch self {
      case .pass: nil
      case .warn(let reason), .skip(let reason), .fail(let reason), .crash(let reason),
        .timeout(let reason):
        reason
      }
    }

    /// Whether the plugin has to be corrected.
    package var isFailure: Bool {
      switch self {
      case .pass, .warn, .skip: false
      case .fail, .crash, .timeout: true
      }
    }
  }

  /// The check.
  package let check: Check
  /// How it ended.
  package let outcome: Outcome
  /// Wall time in seconds, the start of its process included.
  package let seconds: Double

  init(check: Check, outcome: Outcome, seconds: Double) {
    self.check = check
    self.outcome = outcome
    self.seconds = seconds
  }

  /// The result of a check that nobody could make.
  package init(check: Check, skippedBecause reason: String) {
    self.init(check: check, outcome: .skip(reason), seconds: 0)
  }
}
