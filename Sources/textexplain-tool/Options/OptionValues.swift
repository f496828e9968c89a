import ArgumentParser
import Attribution
import Classification
import TextExplain

extension OutputSpace: ExpressibleByArgument {}
extension TokenUnit: ExpressibleByArgument {}
extension ExplainerOptions.TokenSelection: ExpressibleByArgument {}
extension ExplainerOptions.PlayerSelection: ExpressibleByArgument {}
extension LimeSelection: ExpressibleByArgument {}
extension ExplainerOptions.LimeMode: ExpressibleByArgument {}

/// `shapley`, `lime`, `loo`, or several in the order in which they are to be shown.
struct MethodList: ExpressibleByArgument {
  let methods: [ExplainerOptions.Method]

  var defaultValueDescription: String { methods.map(\.rawValue).joined(separator: ",") }

  init(methods: [ExplainerOptions.Method]) { self.methods = methods }

  init?(argument: String) {
    var methods: [ExplainerOptions.Method] = []
    for name in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let method = ExplainerOptions.Method(rawValue: String(name)) else { return nil }
      methods.append(method)
    }
    self.methods = methods
  }
}

/// `remove`, `model`, or `replace:` and the replacement, which may be empty.
struct AbsentOption: ExpressibleByArgument {
  let absent: Masking.Absent

  var defaultValueDescription: String { "remove" }

  init(absent: Masking.Absent) { self.absent = absent }

  init?(argument: String) {
    if argument == "remove" {
      absent = .remove
    } else if argument == "model" {
      absent = .model
    } else if argument.hasPrefix("replace:") {
      absent = .replace(with: String(argument.dropFirst("replace:".count)))
    } else {
      return nil
    }
  }
}

/// The name of a Shapley estimator, or `auto`.
struct EstimatorOption: ExpressibleByArgument {
  let kind: ShapleyEstimatorKind?

  var defaultValueDescription: String { kind?.rawValue ?? "auto" }

  init(kind: ShapleyEstimatorKind?) { self.kind = kind }

  init?(argument: String) {
    if argument == "auto" {
      kind = nil
    } else if let kind = ShapleyEstimatorKind(rawValue: argument) {
      self.kind = kind
    } else {
      return nil
    }
  }
}

/// A number of evaluations, or `auto`.
struct BudgetOption: ExpressibleByArgument {
  let evaluations: Int?

  var defaultValueDescription: String { "" }

  init(evaluations: Int?) { self.evaluations = evaluations }

  init?(argument: String) {
    if argument == "auto" {
      evaluations = nil
    } else if let evaluations = Int(argument), evaluations > 0 {
      self.evaluations = evaluations
    } else {
      return nil
    }
  }
}

/// A number of players, or `all`.
struct FeatureCountOption: ExpressibleByArgument {
  let count: Int?

  var defaultValueDescription: String { count.map(String.init) ?? "all" }

  init(count: Int?) { self.count = count }

  init?(argument: String) {
    if argument == "all" {
      count = nil
    } else if let count = Int(argument), count > 0 {
      self.count = count
    } else {
      return nil
    }
  }
}
