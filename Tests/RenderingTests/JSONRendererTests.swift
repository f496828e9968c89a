import ExplanationModel
import Foundation
import Rendering
import Testing

/// The JSON form, against the contract.
@Suite struct JSONRendererTests {
  @Test("decodes to an equal document in both styles", arguments: Samples.all.map(\.name))
  func samples(name: String) throws { try expectRoundTrip(try Samples.named(name)) }

  @Test("random documents decode to equal documents", arguments: 0..<60)
  func random(seed: Int) throws { try expectRoundTrip(Samples.random(seed: seed)) }

  @Test("all optional fields come in the contract's order")
  func order() {
    #expect(
      line(Samples.complete) == #"""
        {"schemaVersion":"1",\#
        "generator":{"name":"textexplain","version":"0.1.0","icu":"72.1","unicode":"15.0"},\#
        "plugin":{"id":"x","name":"n","version":"1","file":"n.so","sha256":"\#(String(repeating: "0", count: 64))","modelID":"m"},\#
        "text":"a","prediction":{"outputKind":"logit","labels":["l"],"scores":[-0.5],"truncated":true,"truncatedAt":1},\#
        "tokens":[{"index":0,"text":"a","kind":"word","utf8":[0,1],"utf16":[0,1],"scalars":[0,1]}],\#
        "explanations":[\#
        {"method":"shapley","label":"l","labelIndex":0,"space":"raw","players":"occurrence","absent":"replace:\"x\"",\#
        "estimator":"kernel","exact":false,"baseValue":0.0,"value":0.1,"efficiencyGap":1e-17,\#
        "attributions":[{"player":0,"tokens":[0],"text":"a","value":0.1,"standardError":0.25}],\#
        "evaluations":{"budget":4,"distinct":2},"seed":18446744073709551615,"converged":false,\#
        "checks":{"comprehensiveness":0.2914,"sufficiency":-0.0412,\#
        "bins":[{"percent":1,"players":1,"comprehensiveness":0.25,"sufficiency":0.0},\#
        {"percent":20,"players":3,"comprehensiveness":0.3,"sufficiency":-0.1}],\#
        "aopc":0.31,"normalizedAOPC":0.9712,"deletionArea":0.25,"insertionArea":0.75,"leaveOneOutTau":0.8123,\#
        "infidelity":0.0012,"infidelityRatio":0.0712,"heldOutR2":0.9312,"heldOutLocalR2":0.9512,\#
        "heldOutCoalitions":256,"efficiencyGap":0.0,"flipSize":2,\#
        "flip":{"outcome":"smallest","players":[5,9],"texts":["but","great"],"label":"negative"},\#
        "removalTau":0.7412,"removalAlternative":"replace:_","evaluations":{"distinct":1321}},\#
        "diagnostics":[{"code":"not-converged","message":"m","help":"h"}]},\#
        {"method":"lime","label":"l","labelIndex":0,"space":"raw","players":"type","absent":"remove",\#
        "mode":"compatible","samples":5000,"kernelWidth":25.0,"selection":"none",\#
        "baseValue":0.0,"value":0.1,"intercept":0.5,"localPrediction":0.75,"fidelity":1.0,\#
        "attributions":[{"player":0,"tokens":[0],"text":"a","value":0.25}],\#
        "evaluations":{"distinct":2},"seed":0,"diagnostics":[]},\#
        {"method":"loo","label":"l","labelIndex":0,"space":"probability","players":"occurrence","absent":"remove",\#
        "baseValue":0.0,"value":0.1,"attributions":[{"player":0,"tokens":[0],"text":"a","value":0.1}],\#
        "evaluations":{"distinct":3},"seed":0,"diagnostics":[]}],\#
        "evaluations":{"distinct":2},"agreement":{"kendallTau":1.0,"top5Overlap":0.5},\#
        "timings":{"segmentationSeconds":0.0,"modelSeconds":0.1,"estimatorSeconds":0.2,"totalSeconds":0.3}}

        """#)
  }

  @Test("stable LIME's fields come behind their kin, and decode")
  func stableLime() throws {
    let document = Samples.stable
    let text = line(document)
    #expect(
      text.contains(
        #""mode":"stable","samples":600,"effectiveSamples":512.5,"kernelWidth":25.0,"#))
    #expect(text.contains(#""fidelity":1.0,"heldOutFidelity":0.875,"attributions":"#))
    #expect(
      text.contains(#""value":0.25,"standardError":0.125}],"evaluations":{"budget":1000,"#))
    #expect(text.contains(#""seed":0,"converged":true,"diagnostics":[]"#))
    try expectRoundTrip(document)
    let validator = SchemaValidator(root: try JSONTree(explanationSchema))
    #expect(try validator.problems(try JSONTree(text)) == [])
  }

  @Test("doubles are the shortest that read back, zero has no sign")
  func doubles() throws {
    var document = Samples.noPlayers
    let scores = [
      -0.0, 0.1, 1e16, 1e-7, -1.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1.0 / 3,
    ]
    document.prediction.scores = scores
    #expect(
      line(document).contains(
        #""scores":[0.0,0.1,1e+16,1e-07,-1.0,5e-324,1.7976931348623157e+308,0.3333333333333333]"#))
    #expect(try decode(JSONRenderer(style: .line).render(document)).prediction.scores == scores)
  }

  @Test("strings are escaped as RFC 8259 asks, other text stays as it is")
  func strings() throws {
    var document = Samples.noPlayers
    document.text =
      "\"\\/\u{8}\u{C}\n\r\t\0\u{1F}\u{7F}\u{85}\u{9F}\u{A0}\u{2028}\u{2029}é电😍\u{202E}"
    #expect(
      line(document).contains(
        #""text":"\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0085\u009f"# + "\u{A0}" + #"\u2028\u2029é电😍"#
          + "\u{202E}\","))
    try expectRoundTrip(document)
  }

  @Test("every scalar survives, and a record is one line")
  func scalars() throws {
    var document = Samples.noPlayers
    var text = String.UnicodeScalarView()
    text.append(
      contentsOf: (0...0x10FFFF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init))
    document.text = String(text)
    let bytes = JSONRenderer(style: .line).render(document)
    #expect(bytes.dropLast().allSatisfy { $0 >= 0x20 } && bytes.last == 0x0A)
    let decoded = try decode(bytes)
    #expect(decoded.text.unicodeScalars.elementsEqual(document.text.unicodeScalars))
  }

  @Test("an error is a record too")
  func errors() throws {
    let record = ErrorRecord(
      error: .init(code: "invalid-utf8", message: "byte 3 is \"\u{1}\"", help: "use --lossy"))
    #expect(
      String(decoding: JSONRenderer(style: .line).render(record), as: UTF8.self)
        == #"{"schemaVersion":"1","error":{"code":"invalid-utf8","message":"byte 3 is \"\u0001\"","help":"use --lossy"}}"#
        + "\n")
    let bare = ErrorRecord(error: .init(code: "c", message: "m"))
    let bytes = JSONRenderer(style: .pretty).render(bare)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"schemaVersion": "1", "error": {"code": "c", "message": "m"}}"# + "\n")
    #expect(try JSONDecoder().decode(ErrorRecord.self, from: Data(bytes)) == bare)
  }

  @Test("indented lines stay within 120 bytes unless one string is longer")
  func lineLength() {
    for (name, document) in Samples.all {
      let text = String(decoding: JSONRenderer(style: .pretty).render(document), as: UTF8.self)
      for line in text.split(separator: "\n") where !line.contains("\"text\": \"") {
        #expect(line.utf8.count <= 120, "\(name): \(line)")
      }
    }
  }

  @Test("the text output shows the JSON's values")
  func sameValues() {
    let text = TextRenderer(width: 120, top: 100).render(Samples.english)
    for explanation in Samples.english.explanations {
      for attribution in explanation.attributions where attribution.value.magnitude >= 0.005 {
        let value = NumberFormat(decimals: 2).format(attribution.value, signed: true)
        #expect(
          text.split(separator: "\n").contains {
            $0.hasPrefix(" \(attribution.text) ") && $0.contains(value)
          })
      }
    }
  }

  @Test("a program stands in the place of a plugin, and decodes")
  func program() throws {
    let document = Samples.byProgram
    let text = line(document)
    #expect(
      text.contains(
        #""unicode":"15.0"},"program":{"name":"a.py","command":"python3 a.py","modelID":"m"},"text""#
      ))
    #expect(!text.contains(#""plugin""#))
    try expectRoundTrip(document)
    let validator = SchemaValidator(root: try JSONTree(explanationSchema))
    #expect(try validator.problems(try JSONTree(text)) == [])
    let nameless = text.replacing(#""name":"a.py","#, with: "")
    #expect(try !validator.problems(try JSONTree(nameless)).isEmpty)
    let commandless = text.replacing(#""command":"python3 a.py","#, with: "")
    #expect(try !validator.problems(try JSONTree(commandless)).isEmpty)
  }

  private func expectRoundTrip(_ document: ExplanationDocument) throws {
    for style in [JSONRenderer.Style.pretty, .line] {
      #expect(try decode(JSONRenderer(style: style).render(document)) == document)
    }
  }

  private func decode(_ bytes: [UInt8]) throws -> ExplanationDocument {
    try JSONDecoder().decode(ExplanationDocument.self, from: Data(bytes))
  }

  private func line(_ document: ExplanationDocument) -> String {
    String(decoding: JSONRenderer(style: .line).render(document), as: UTF8.self)
  }
}

extension Samples {
  /// Every field that a document can have.
  static let complete = ExplanationDocument(
    generator: generator,
    plugin: PluginIdentity(
      id: "x", name: "n", version: "1", file: "n.so", sha256: String(repeating: "0", count: 64),
      modelID: "m"),
    text: "a",
    prediction: Prediction(
      outputKind: "logit", labels: ["l"], scores: [-0.5], truncated: true, truncatedAt: 1),
    tokens: [Token(index: 0, text: "a", kind: "word", utf8: 0..<1, utf16: 0..<1, scalars: 0..<1)],
    explanations: [
      Explanation(
        label: "l", labelIndex: 0, space: "raw", players: "occurrence", absent: "replace:\"x\"",
        detail: .shapley(
          ShapleyDetail(estimator: "kernel", exact: false, efficiencyGap: 1e-17, converged: false)),
        baseValue: -0.0, value: 0.1,
        attributions: [
          Attribution(player: 0, tokens: [0], text: "a", value: 0.1, standardError: 0.25)
        ],
        evaluations: EvaluationCount(budget: 4, distinct: 2), seed: .max,
        checks: allChecks(),
        diagnostics: [Diagnostic(code: .notConverged, message: "m", help: "h")]),
      lime(
        [Attribution(player: 0, tokens: [0], text: "a", value: 0.25)], label: "l", index: 0,
        space: "raw", base: 0,
        value: 0.1, intercept: 0.5, fidelity: 1, evaluations: 2),
      leaveOneOut(
        [Attribution(player: 0, tokens: [0], text: "a", value: 0.1)], label: "l", index: 0, base: 0,
        value: 0.1),
    ],
    evaluations: EvaluationCount(distinct: 2),
    agreement: Agreement(kendallTau: 1, top5Overlap: 0.5),
    timings: Timings(
      segmentationSeconds: 0, modelSeconds: 0.1, estimatorSeconds: 0.2, totalSeconds: 0.3))

  /// ``complete`` by a program.
  static let byProgram: ExplanationDocument = {
    var document = complete
    document.plugin = nil
    document.program = ProgramIdentity(name: "a.py", command: "python3 a.py", modelID: "m")
    return document
  }()

  /// ``complete`` with LIME in its stable mode.
  static let stable: ExplanationDocument = {
    var document = complete
    document.explanations[1].detail = .lime(
      LimeDetail(
        mode: "stable", samples: 600, kernelWidth: 25, selection: "none", intercept: 0.5,
        localPrediction: 0.75, fidelity: 1, heldOutFidelity: 0.875, effectiveSamples: 512.5,
        converged: true))
    document.explanations[1].attributions[0].standardError = 0.125
    document.explanations[1].evaluations = EvaluationCount(budget: 1000, distinct: 600)
    return document
  }()
}
