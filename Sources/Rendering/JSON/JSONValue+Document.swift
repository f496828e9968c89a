import ExplanationModel

extension JSONValue {
  init(_ document: ExplanationDocument) {
    self = .object([
      "schemaVersion": .string(document.schemaVersion),
      "generator": JSONValue(document.generator),
      "plugin": document.plugin.map(JSONValue.init),
      "program": document.program.map(JSONValue.init),
      "text": .string(document.text),
      "prediction": JSONValue(document.prediction),
      "tokens": .array(document.tokens.map(JSONValue.init)),
      "explanations": .array(document.explanations.map(JSONValue.init)),
      "evaluations": JSONValue(document.evaluations),
      "agreement": document.agreement.map(JSONValue.init),
      "timings": document.timings.map(JSONValue.init),
    ])
  }

  init(_ record: ErrorRecord) {
    self = .object([
      "schemaVersion": .string(record.schemaVersion),
      "error": .object([
        "code": .string(record.error.code),
        "message": .string(record.error.message),
        "help": record.error.help.map(JSONValue.string),
      ]),
    ])
  }

  private init(_ generator: Generator) {
    self = .object([
      "name": .string(generator.name),
      "version": .string(generator.version),
      "icu": .string(generator.icu),
      "unicode": .string(generator.unicode),
    ])
  }

  private init(_ plugin: PluginIdentity) {
    self = .object([
      "id": .string(plugin.id),
      "name": .string(plugin.name),
      "version": .string(plugin.version),
      "file": .string(plugin.file),
      "sha256": .string(plugin.sha256),
      "modelID": plugin.modelID.map(JSONValue.string),
    ])
  }

  private init(_ program: ProgramIdentity) {
    self = .object([
      "name": .string(program.name),
      "command": .string(program.command),
      "modelID": program.modelID.map(JSONValue.string),
    ])
  }

  private init(_ prediction: Prediction) {
    self = .object([
      "outputKind": .string(prediction.outputKind),
      "labels": .array(prediction.labels.map(JSONValue.string)),
      "scores": .array(prediction.scores.map(JSONValue.double)),
      "truncated": prediction.truncated.map(JSONValue.bool),
      "truncatedAt": prediction.truncatedAt.map(JSONValue.integer),
    ])
  }

  private init(_ token: Token) {
    self = .object([
      "index": .integer(token.index),
      "text": .string(token.text),
      "kind": .string(token.kind),
      "utf8": .range(token.utf8),
      "utf16": .range(token.utf16),
      "scalars": .range(token.scalars),
    ])
  }

  private init(_ agreement: Agreement) {
    self = .object([
      "kendallTau": .double(agreement.kendallTau),
      "top5Overlap": .double(agreement.top5Overlap),
    ])
  }

  private init(_ timings: Timings) {
    self = .object([
      "segmentationSeconds": .double(timings.segmentationSeconds),
      "modelSeconds": .double(timings.modelSeconds),
      "estimatorSeconds": .double(timings.estimatorSeconds),
      "totalSeconds": .double(timings.totalSeconds),
    ])
  }
}
