import Attribution
import Classification
import PluginHost
import Segmentation
import TextExplain

extension Failure {
  /// The failure that an error of any stage means.
  init(_ error: any Error) throws {
    switch error {
    case let error as Failure:
      self = error
    case let error as PluginError:
      let status: Status =
        switch error.category {
        case .usage: .usage
        case .input: .unusableInput
        case .unavailable: .pluginUnavailable
        case .failed: .pluginFailed
        }
      self.init(status, code: error.code.rawValue, error.message, help: error.help)
    case let error as ClassifierError:
      let status: Status = error.code == .textTooLong ? .unusableInput : .pluginFailed
      self.init(status, code: error.code.rawValue, error.message, help: error.help)
    case let error as ExplainerError:
      self.init(error)
    case let error as ShapleyError:
      self.init(error)
    case let error as GameError:
      self.init(
        .pluginFailed, code: "value-out-of-range", error.message,
        help: "the classifier's scores are too large to be explained")
    case let error as LimeError:
      self.init(error)
    case let error as SegmentationError:
      self.init(error)
    default:
      throw error
    }
  }

  private init(_ error: ExplainerError) {
    let (status, code): (Status, String) =
      switch error {
      case .noSuchLabel, .noSuchLabelIndex: (.usage, "no-such-label")
      case .spaceUnavailable: (.usage, "space-unavailable")
      case .tooManyPlayers, .tooManyPlayersForMethod: (.unusableInput, "too-many-players")
      case .noModelTokens: (.usage, "no-model-tokens")
      case .noModelMask: (.usage, "no-model-mask")
      }
    self.init(status, code: code, error.message, help: error.help)
  }

  private init(_ error: ShapleyError) {
    switch error {
    case .budgetBelowMinimum(_, _, let minimum, _):
      self.init(
        .usage, code: "budget-too-small", error.message, help: "use --budget \(minimum) or more")
    case .tooManyPlayersForExact:
      self.init(
        .usage, code: "too-many-players-for-exact", error.message,
        help: "use --estimator surrogate, kernel or permutation, or larger pieces with "
          + "--unit sentence")
    }
  }

  private init(_ error: LimeError) {
    let help =
      switch error {
      case .tooFewSamples: "use --lime-samples 2 or more"
      case .badKernelWidth: "use a positive number, as --kernel-width 25"
      case .tooFewFeatures: "use --lime-features 1 or more, or all"
      case .selectionNotOffered:
        "leave out --lime-features and --lime-selection, or use --lime-mode compatible"
      case .singular: "draw more with --lime-samples, or select fewer players with --lime-features"
      }
    self.init(.usage, code: "invalid-lime-option", error.message, help: help)
  }

  private init(_ error: SegmentationError) {
    let (status, code): (Status, String) =
      switch error {
      case .unknownLocale: (.usage, "unknown-locale")
      case .invalidUTF8: (.unusableInput, "invalid-utf8")
      case .textTooLarge: (.unusableInput, "text-too-large")
      case .icuFailed: (.unusableInput, "icu-failed")
      }
    self.init(status, code: code, error.message, help: error.help)
  }
}
