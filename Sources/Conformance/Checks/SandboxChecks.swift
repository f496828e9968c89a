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
    39, "sandboxed", level: 3,
    "with only what its needs declare, it scores as it does outside the sandbox"
  ) { subject in
    let expected = try CorpusScores.inAnotherProcess(subject, variables: [])
    let remark = try SandboxDoors.close(for: subject, allowsNetwork: true)
    let model = try subject.open()
    let facts = try model.facts()
    let texts = CorpusScores.texts
    let scores = try model.scores(texts)
    if facts.isDeterministic {
      try facts.requireEqual(expected, scores, texts, "outside and inside the sandbox")
    }
    for text in Corpus.texts { _ = try model.scores([text]) }
    return Verdict(remarks: [remark].compactMap { $0 })
  }
}
