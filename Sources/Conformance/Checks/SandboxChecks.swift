/// Levels 1 and 3: life in the sandbox, whose doors are shut before the plugin is loaded.
extension Check {
  /// Without it there is nothing else to ask.
  package static let loadsNowLocal = Check(
    4, "loads-now-local", level: 1,
    "it loads with RTLD_NOW | RTLD_LOCAL and has the entry function, bare and in the sandbox"
  ) { subject in
    _ = try HelperProcess.loading.ask(subject.request)
    let remark = try SandboxDoors.close(for: subject, allowsNetwork: true)
    do {
      _ = try subject.library()
    } catch let violation as Violation {
      throw Violation("in the sandbox: \(violation.reason)")
    }
    return Verdict(remarks: [remark].compactMap { $0 })
  }

  static let sandboxed = Check(
    39, "sandboxed", level: 3, timeLimit: 120,
    "with only what its needs declare, it passes level 2 and scores as it does outside the sandbox"
  ) { subject in
    let expected = try CorpusScores.inAnotherProcess(subject, variables: [])
    let remark = try SandboxDoors.close(for: subject, allowsNetwork: true)
    var remarks = [remark].compactMap { $0 }
    let model = try subject.open()
    let facts = try model.facts()
    let texts = try CorpusScores.texts(for: model)
    let scores = try model.scores(texts)
    if facts.isDeterministic {
      try facts.requireEqual(expected, scores, texts, "outside and inside the sandbox")
    }
    // The other processes that determinism asks cannot be started from in here; that is what was compared above.
    for check in Check.all where check.level == 2 && check.id != determinism.id {
      do {
        if case .warn(let reason) = try check.run(subject) { remarks.append(reason) }
      } catch let violation as Violation {
        throw Violation("in the sandbox, \(check.id): \(violation.reason)")
      }
    }
    return Verdict(remarks: remarks)
  }
}
