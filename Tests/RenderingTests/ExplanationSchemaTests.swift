import ExplanationModel
import Rendering
import Testing

/// The schema accepts what the renderer writes, and nothing else.
@Suite struct ExplanationSchemaTests {
  private let validator: SchemaValidator
  private let english: JSONTree
  private let errors: JSONTree

  init() throws {
    validator = SchemaValidator(root: try JSONTree(explanationSchema))
    english = try JSONTree(JSONRenderer(style: .line).render(Samples.english))
    errors = try JSONTree(JSONRenderer(style: .line).render(Samples.standardErrors))
  }

  @Test("every rendered document is valid", arguments: Samples.all.map(\.name))
  func samples(name: String) throws {
    for style in [JSONRenderer.Style.pretty, .line] {
      let tree = try JSONTree(JSONRenderer(style: style).render(try Samples.named(name)))
      #expect(try validator.problems(tree) == [])
    }
  }

  @Test("random documents are valid", arguments: 0..<40)
  func random(seed: Int) throws {
    let tree = try JSONTree(JSONRenderer(style: .line).render(Samples.random(seed: seed)))
    #expect(try validator.problems(tree) == [])
  }

  @Test("a document with every optional field is valid")
  func complete() throws {
    let tree = try JSONTree(JSONRenderer(style: .line).render(Samples.complete))
    #expect(try validator.problems(tree) == [])
  }

  @Test("error records are valid, with and without help")
  func errorRecords() throws {
    for help in [nil, "do this"] {
      let record = ErrorRecord(error: .init(code: "invalid-utf8", message: "byte 3", help: help))
      #expect(try validator.problems(try JSONTree(JSONRenderer(style: .line).render(record))) == [])
    }
  }

  @Test(
    "a missing field is found",
    arguments: [
      ["schemaVersion"], ["generator"], ["generator", "icu"], ["plugin", "sha256"], ["text"],
      ["prediction"],
      ["prediction", "scores"], ["tokens"], ["tokens", "3", "utf16"], ["explanations"],
      ["explanations", "0", "method"],
      ["explanations", "0", "estimator"], ["explanations", "0", "efficiencyGap"],
      ["explanations", "1", "intercept"],
      ["explanations", "1", "seed"], ["explanations", "1", "attributions", "2", "tokens"],
      ["evaluations"],
      ["evaluations", "distinct"], ["agreement", "kendallTau"],
    ])
  func missing(path: [String]) throws {
    #expect(try !validator.problems(english.replacing(path, with: nil)).isEmpty)
  }

  @Test(
    "an extra field is found",
    arguments: [
      ["extra"], ["generator", "extra"], ["plugin", "extra"], ["prediction", "extra"],
      ["tokens", "0", "extra"],
      ["explanations", "0", "fidelity"], ["explanations", "1", "exact"],
      ["explanations", "1", "converged"],
      ["explanations", "0", "attributions", "0", "extra"], ["evaluations", "extra"],
      ["agreement", "extra"], ["error"],
    ])
  func extra(path: [String]) throws {
    #expect(try !validator.problems(english.replacing(path, with: .number(1))).isEmpty)
  }

  @Test(
    "a wrong type or value is found",
    arguments: [
      (["schemaVersion"], .string("2")), (["schemaVersion"], .number(1)), (["text"], .null),
      (["text"], .number(1)),
      (["plugin", "sha256"], .string("ABC")), (["prediction", "outputKind"], .string("odds")),
      (["prediction", "labels"], .array([])), (["prediction", "scores", "0"], .string("0.5")),
      (["prediction", "truncated"], .string("yes")), (["tokens", "0", "index"], .number(-1)),
      (["tokens", "0", "index"], .number(0.5)), (["tokens", "0", "kind"], .string("verb")),
      (["tokens", "0", "text"], .string("")), (["tokens", "0", "utf8"], .array([.number(0)])),
      (["tokens", "0", "utf8"], .array([.number(0), .number(1), .number(2)])),
      (["tokens", "0", "scalars", "1"], .bool(true)), (["explanations"], .object([:])),
      (["explanations", "0", "method"], .string("lime")),
      (["explanations", "0", "method"], .string("anchors")),
      (["explanations", "0", "space"], .string("odds")),
      (["explanations", "0", "players"], .string("words")),
      (["explanations", "0", "absent"], .string("delete")),
      (["explanations", "0", "estimator"], .string("guess")),
      (["explanations", "0", "exact"], .number(1)),
      (["explanations", "0", "baseValue"], .string("0")),
      (["explanations", "0", "evaluations", "budget"], .number(0.5)),
      (["explanations", "0", "seed"], .number(-1)),
      (["explanations", "0", "attributions", "0", "tokens"], .array([])),
      (
        ["explanations", "0", "diagnostics"],
        .array([.object(["code": .string("oh"), "message": .string(""), "help": .string("")])])
      ),
      (["explanations", "1", "samples"], .number(0)),
      (["explanations", "1", "kernelWidth"], .number(0)),
      (["explanations", "1", "selection"], .string("best")),
      (["explanations", "1", "fidelity"], .number(1.5)),
      (["explanations", "1", "mode"], .string("quick")),
      (["agreement", "kendallTau"], .number(-1.1)),
      (["agreement", "top5Overlap"], .number(1.1)),
    ] as [([String], JSONTree)])
  func wrong(path: [String], value: JSONTree) throws {
    #expect(try !validator.problems(english.replacing(path, with: value)).isEmpty)
  }

  @Test("wrong values of optional fields are found")
  func wrongOptional() throws {
    let error = ["explanations", "0", "attributions", "0", "standardError"]
    #expect(try !validator.problems(errors.replacing(error, with: .number(-1))).isEmpty)
    #expect(
      try !validator.problems(
        errors.replacing(["explanations", "0", "converged"], with: .number(0))
      ).isEmpty)
    #expect(
      try !validator.problems(errors.replacing(["timings", "totalSeconds"], with: .number(-1)))
        .isEmpty)
    #expect(
      try !validator.problems(errors.replacing(["timings", "modelSeconds"], with: nil)).isEmpty)
    for text in [
      "{}", "[]", "null", #"{"schemaVersion":"1"}"#, #"{"schemaVersion":"1","error":{"code":"x"}}"#,
      #"{"schemaVersion":"1","error":{"code":"","message":""}}"#,
      #"{"schemaVersion":"1","error":{"code":"x","message":"","extra":0}}"#,
    ] {
      #expect(try !validator.problems(JSONTree(text)).isEmpty, "\(text)")
    }
  }

  @Test("wrong checks are found, and the names of checks are numbers there")
  func checks() throws {
    let tree = try JSONTree(JSONRenderer(style: .line).render(Samples.checks))
    #expect(try validator.problems(tree) == [])
    let path = ["explanations", "0", "checks"]
    for (field, value) in [
      ("normalizedAOPC", .number(1.5)), ("leaveOneOutTau", .number(-2)),
      ("infidelity", .number(-1)),
      ("heldOutR2", .number(2)), ("heldOutCoalitions", .number(0.5)), ("flipSize", .number(0)),
      ("comprehensiveness", .string("high")), ("removalAlternative", .string("mask")),
      ("bins", nil), ("evaluations", nil), ("extra", .number(1)),
    ] as [(String, JSONTree?)] {
      #expect(try !validator.problems(tree.replacing(path + [field], with: value)).isEmpty)
    }
    for (field, value) in [("outcome", .string("perhaps")), ("players", .array([])), ("x", .null)]
      as [(String, JSONTree)]
    {
      let wrong = try tree.replacing(path + ["flip", field], with: value)
      #expect(try !validator.problems(wrong).isEmpty)
    }
    for field in ["percent", "players"] {
      let wrong = try tree.replacing(path + ["bins", "0", field], with: .number(0.5))
      #expect(try !validator.problems(wrong).isEmpty)
    }
    let flip = validator.root["$defs", "checks", "properties", "flip", "properties"]
    let outcomes = flip?["outcome", "enum"]
    #expect(outcomes == .array(Checks.Flip.Outcome.allCases.map { .string($0.rawValue) }))
    for name in CheckName.allCases where name != .fidelity {
      #expect(validator.root["$defs", "checks", "properties", name.rawValue] != nil)
      #expect(Samples.checks.explanations[0].number(name) != nil, "\(name)")
    }
  }

  @Test("leave-one-out has no fields of its own")
  func leaveOneOut() throws {
    let tree = try JSONTree(JSONRenderer(style: .line).render(Samples.checks))
    for field in ["exact", "fidelity", "estimator"] {
      let wrong = try tree.replacing(["explanations", "2", field], with: .number(1))
      #expect(try !validator.problems(wrong).isEmpty)
    }
    let short = try tree.replacing(["explanations", "2", "baseValue"], with: nil)
    #expect(try !validator.problems(short).isEmpty)
  }

  @Test("the validator knows the keywords it is given, and refuses others")
  func unknownKeywords() throws {
    let strange = SchemaValidator(root: try JSONTree(#"{"type": "array", "uniqueItems": true}"#))
    #expect(throws: SchemaValidator.UnknownKeyword.self) { try strange.problems(.array([])) }
    let dangling = SchemaValidator(root: try JSONTree(##"{"$ref": "#/$defs/nothing"}"##))
    #expect(throws: SchemaValidator.UnknownKeyword.self) { try dangling.problems(.null) }
  }

  @Test("the lists of the schema are those of the model")
  func lists() throws {
    let codes = validator.root["$defs", "diagnostics", "items", "properties", "code", "enum"]
    #expect(codes == .array(Diagnostic.Code.allCases.map { .string($0.rawValue) }))
    #expect(validator.root["$defs", "schemaVersion", "const"] == .string(schemaVersion))
  }
}

extension JSONTree {
  /// A copy with another value at a path, which has to exist or to be a new field of an object that does.
  fileprivate func replacing(_ path: [String], with value: JSONTree?) throws -> JSONTree {
    var copy = self
    copy[path: path] = value
    try #require(copy != self, "\(path) changes nothing")
    return copy
  }
}
