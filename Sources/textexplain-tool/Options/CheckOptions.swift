import ArgumentParser
import ExplanationModel
import TextExplain

/// Whether explanations are checked, and what has to hold.
struct CheckOptions: ParsableArguments {
  @Flag(
    help: """
      Check how faithful the explanations are to the classifier, by at most some 4600 evaluations \
      and 6 a word for each method and label; 640 and 6 for a slow plugin.
      """)
  var checks = false

  @Option(
    help: ArgumentHelp(
      """
      Exit with 1 where a check is below a bound, as fidelity=0.5; may be repeated, and turns \
      --checks on. The names are those of "checks" in the JSON, and fidelity. The bound is the \
      least value for every check, also for sufficiency, deletionArea, infidelity, \
      infidelityRatio and efficiencyGap, of which low values are good.
      """, valueName: "name=x"))
  var failUnder: [String] = []

  func validate() throws {
    for bound in failUnder { _ = try CheckBound(parsing: bound) }
  }

  /// Sees to it that there will be what is bounded.
  func validate(beside methods: [ExplainerOptions.Method]) throws {
    guard !methods.contains(.lime) else { return }
    for bound in failUnder where try CheckBound(parsing: bound).isOfLime {
      throw ValidationError("--fail-under \(bound) needs --method lime")
    }
  }

  /// Whether checks are computed.
  var isOn: Bool { checks || !failUnder.isEmpty }

  /// Says which bounds let bad values pass.
  func warn(_ log: StandardErrorLog) throws {
    for bound in failUnder {
      if let warning = try CheckBound(parsing: bound).warning { log(.warning, warning) }
    }
  }

  /// Sees to it that every bound holds.
  ///
  /// - Throws: ``Failure`` of status ``Failure/Status/checkFailed``.
  func hold(for document: ExplanationDocument) throws {
    let broken = try failUnder.flatMap {
      try CheckBound(parsing: $0).complaints(about: document.explanations)
    }
    guard let first = broken.first else { return }
    var more = Array(broken.dropFirst().prefix(Self.mostShown - 1))
    if broken.count > Self.mostShown { more.append("and \(broken.count - Self.mostShown) more") }
    throw Failure(
      .checkFailed, code: "check-failed", first, more: more,
      help: "the explanation was written all the same; see its notes, or lower --fail-under")
  }

  /// So many broken bounds are told one by one.
  private static let mostShown = 10
}
