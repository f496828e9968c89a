import ArgumentParser
import Attribution
import Classification
import TextExplain

/// What is computed, and how.
struct MethodOptions: ParsableArguments {
  private static let defaultTolerance = 0.02
  private static let defaultKernelWidth = 25.0

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      What to compute: shapley, lime, loo (leave-one-out), or several with commas; the first one \
      colours the text.
      """,
      valueName: "methods"))
  var method = MethodList(methods: [.shapley, .lime])

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The output to explain: its name, top, or all.", valueName: "name|top|all"))
  var label = "top"

  @Option(help: ArgumentHelp("The output to explain, by position; the first is 0.", valueName: "n"))
  var labelIndex: Int?

  @Option(
    help: ArgumentHelp(
      "Scale of the values. (default: probability, if there is one)",
      valueName: "space"))
  var space: OutputSpace?

  @Option(help: "What a token is; model: what the plugin's own tokenizer says.")
  var unit: TokenUnit = .word

  @Option(
    help: "Which tokens are explained: words (also numbers, emoji, symbols), or punctuation too.")
  var tokens: ExplainerOptions.TokenSelection = .words

  @Option(
    help: """
      What gets a value of its own, a player: each occurrence of a token, or each type, that is all \
      occurrences together. auto: types for LIME, occurrences for other methods.
      """)
  var players: ExplainerOptions.PlayerSelection = .auto

  @Option(
    help: ArgumentHelp(
      """
      How an absent token leaves the text: removed, replaced by a string, which may be empty, or by \
      the model's own mask token.
      """,
      valueName: "remove|replace:STRING|model"))
  var absent = AbsentOption(absent: .remove)

  @Option(help: ArgumentHelp("ICU locale for finding tokens. (default: root)", valueName: "id"))
  var locale = ""

  @Option(
    help: ArgumentHelp(
      """
      Shapley estimator: auto, exact, surrogate, kernel, permutation, or owen, which shares each \
      sentence's value among its words. auto takes owen beyond 1000 players.
      """, valueName: "estimator"))
  var estimator = EstimatorOption(kind: nil)

  @Option(
    help: ArgumentHelp(
      """
      Most evaluations for Shapley values. (default: auto = max(4096, 20 n) for n players; 512 \
      instead of 4096 where the plugin declares 1 ms a text or more)
      """, valueName: "n|auto"))
  var budget = BudgetOption(evaluations: nil)

  @Option(
    help: ArgumentHelp(
      """
      The surrogate and stable LIME stop when no standard error exceeds this part of the spread of \
      the values, or of the fifth strongest weight; 0 for the whole budget. Of other estimators it \
      only tells which notes they get.
      """, valueName: "part"))
  var tolerance = Self.defaultTolerance

  @Option(
    help: ArgumentHelp(
      """
      The surrogate, which auto then takes in place of kernel, stops when the k strongest values \
      are told apart from the others.
      """, valueName: "k"))
  var settleTop: Int?

  @Option(
    help: ArgumentHelp(
      """
      The surrogate, which auto then takes, stops asking the classifier after this time, and records the evaluations it \
      reached as the budget: --estimator surrogate --budget with that number repeats the values.
      """, valueName: "seconds"))
  var time: Double?

  @Option(
    help: ArgumentHelp(
      "Reports the k pairs that do most together beside Shapley values, at no further evaluations.",
      valueName: "k"))
  var interactions = 0

  @Option(
    help: ArgumentHelp(
      """
      Draws of LIME; with --lime-mode stable its most evaluations. (default: 5000, or --budget if \
      that is less; 1000 for a slow plugin)
      """,
      valueName: "n")
  )
  var limeSamples: Int?

  @Option(
    help: ArgumentHelp(
      """
      Whose LIME: compatible with the Python package lime, draw for draw, or stable: what many draws \
      of it tend to, with standard errors, from fewer evaluations.
      """, valueName: "compatible|stable"))
  var limeMode: ExplainerOptions.LimeMode = .compatible

  @Option(help: ArgumentHelp("Width of LIME's proximity kernel.", valueName: "width"))
  var kernelWidth = Self.defaultKernelWidth

  @Option(help: ArgumentHelp("How many players LIME's model has.", valueName: "k|all"))
  var limeFeatures = FeatureCountOption(count: nil)

  @Option(help: ArgumentHelp("How LIME selects them.", valueName: "selection"))
  var limeSelection: LimeSelection = .auto

  @Option(help: ArgumentHelp("Seed of all random choices.", valueName: "n"))
  var seed: UInt64 = 0

  func validate() throws {
    if Set(method.methods).count < method.methods.count {
      throw ValidationError("--method \(method.defaultValueDescription) names a method twice")
    }
    if limeMode == .stable, limeFeatures.count != nil || !limeSelection.keepsAll {
      throw ValidationError(
        "--lime-features and --lime-selection go with --lime-mode compatible only")
    }
    if labelIndex != nil, label != "top" {
      throw ValidationError("--label and --label-index were both given")
    }
    guard (0..<1).contains(tolerance) else {
      throw ValidationError("--tolerance \(tolerance) is not in 0 ..< 1")
    }
    if interactions < 0 {
      throw ValidationError("--interactions \(interactions) is negative")
    }
    if interactions > 0, !method.methods.contains(.shapley) {
      throw ValidationError("--interactions needs --method shapley")
    }
    if interactions > 0, estimator.kind == .owen {
      throw ValidationError("--interactions does not go with --estimator owen")
    }
    if let settleTop, settleTop < 1 {
      throw ValidationError("--settle-top \(settleTop) is not positive")
    }
    if settleTop != nil, let kind = estimator.kind, kind != .surrogate {
      throw ValidationError(
        "--settle-top needs --estimator surrogate, which looks at its values as it goes; "
          + "\(kind.rawValue) has them at the end")
    }
    if let time {
      guard time > 0, time <= 1e6 else {
        throw ValidationError("--time \(time) is not above 0, in seconds")
      }
      if let kind = estimator.kind, kind != .surrogate {
        throw ValidationError(
          "--time needs --estimator surrogate, whose coalitions come in an order of which every "
            + "beginning will do; \(kind.rawValue) has to know the budget")
      }
    }
    let most = ExplainerOptions.maximumEvaluations
    for (name, value) in [("--budget", budget.evaluations), ("--lime-samples", limeSamples)] {
      if let value, value > most {
        throw ValidationError("\(name) \(value) is above the maximum of \(most)")
      }
    }
  }

  /// Says which options do nothing beside the others.
  func warn(_ log: StandardErrorLog) {
    for warning in warnings { log(.warning, warning) }
  }

  private var warnings: [String] {
    let limeOptions = [
      (limeSamples != nil, "--lime-samples"), (limeMode != .compatible, "--lime-mode"),
      (kernelWidth != Self.defaultKernelWidth, "--kernel-width"),
      (limeFeatures.count != nil, "--lime-features"), (limeSelection != .auto, "--lime-selection"),
    ]
    let shapleyOptions = [
      (estimator.kind != nil, "--estimator"), (settleTop != nil, "--settle-top"),
      (time != nil, "--time"),
    ]
    return idle(limeOptions, without: .lime) + idle(shapleyOptions, without: .shapley)
      + [idleBudget, idleTolerance].compactMap { $0 }
  }

  private func idle(
    _ options: [(isChanged: Bool, name: String)], without needed: ExplainerOptions.Method
  ) -> [String] {
    if method.methods.contains(needed) { return [] }
    return options.filter(\.isChanged).map {
      "\($0.name) does nothing without --method \(needed.rawValue)"
    }
  }

  private var idleBudget: String? {
    guard budget.evaluations != nil, !method.methods.contains(.shapley) else { return nil }
    if !method.methods.contains(.lime) {
      return "--budget does nothing without --method shapley or lime"
    }
    return limeSamples == nil
      ? nil : "--budget does nothing beside --lime-samples without --method shapley"
  }

  private var idleTolerance: String? {
    let isOfLime = method.methods.contains(.lime) && limeMode == .stable
    guard tolerance != Self.defaultTolerance, !isOfLime else { return nil }
    if !method.methods.contains(.shapley) {
      return "--tolerance does nothing without --method shapley, or lime with --lime-mode stable"
    }
    return estimator.kind == .exact ? "--tolerance does nothing with --estimator exact" : nil
  }

  /// The library's form of these options.
  func explainerOptions() -> ExplainerOptions {
    var options = ExplainerOptions()
    options.methods = method.methods
    options.label =
      if let labelIndex { .index(labelIndex) } else {
        switch label {
        case "top": .top
        case "all": .all
        default: .name(label)
        }
      }
    options.space = space
    options.unit = unit
    options.tokens = tokens
    options.players = players
    options.absent = absent.absent
    options.locale = locale
    options.estimator = estimator.kind
    options.budget = budget.evaluations
    options.tolerance = tolerance
    options.settledCount = settleTop
    options.time = time
    options.interactions = interactions
    options.limeSamples = limeSamples
    options.limeMode = limeMode
    options.kernelWidth = kernelWidth
    options.limeFeatures = limeFeatures.count
    options.limeSelection = limeSelection
    options.seed = seed
    return options
  }
}

extension LimeSelection {
  /// Whether it leaves all players in where no number of them is given.
  fileprivate var keepsAll: Bool { self == .auto || self == .none }
}
