import ArgumentParser
import ExplanationModel
import PluginHost
import Rendering
import TextExplain

/// `textexplain [explain] TEXT --plugin NAME`, or `--program COMMAND`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain the prediction for one text.")

  @OptionGroup(title: "Text") var text: TextOptions
  @OptionGroup(title: "Classifier") var classifier: ClassifierOptions
  @OptionGroup(title: "Method") var method: MethodOptions
  @OptionGroup(title: "Checks") var checks: CheckOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws { try checks.validate(beside: method.method.methods) }

  func run() throws {
    let destination = try output.destination()
    let explained: ExplanationDocument
    do {
      explained = try document(on: destination)
      ExitGuard.end()
      try destination.finish(with: render(explained, on: destination))
    } catch {
      ExitGuard.end()
      let failure = try Failure(error)
      try Self.close(destination, after: failure, output.format)
      throw failure
    }
    try checks.hold(for: explained)
  }

  private static func close(
    _ destination: OutputDestination, after failure: Failure, _ format: OutputOptions.Format
  ) throws {
    // NDJSON is read by programs: they get the error as a record too.
    if format == .ndjson, failure.status != .outputNotWritten {
      try destination.finish(with: failure.record)
    } else {
      destination.discard()
    }
  }

  private func document(on destination: OutputDestination) throws -> ExplanationDocument {
    let log = output.log
    try checks.warn(log)
    method.warn(log)
    output.warn(log)
    try classifier.check()
    let bytes = try text.read(log: log)
    let format = output.format
    if classifier.hosting.inProcess {
      ExitGuard.begin(classifier.name ?? "", "loading it and opening its model") { failure in
        try? Self.close(destination, after: failure, format)
      }
    }
    let opened = try classifier.open(seed: method.seed, log: log)
    var options = method.explainerOptions()
    options.includesChecks = checks.isOn
    options.includesTimings = output.timings
    let explainer = try Explainer(classifier: opened.classifier, options: options)
    let progress = ProgressBar(isQuiet: output.quiet)
    explainer.onProgress = progress.map { bar in { bar.update(done: $0, most: $1) } }
    defer { progress?.finish() }
    var document = try explainer.explain(bytes)
    opened.sign(&document)
    return document
  }

  private func render(_ document: ExplanationDocument, on destination: OutputDestination) -> [UInt8]
  {
    switch output.format {
    case .json: JSONRenderer(style: .pretty).render(document)
    case .ndjson: JSONRenderer(style: .line).render(document)
    case .text, .ansi:
      Array(
        TextRenderer(
          width: output.columns(on: destination), isColoured: output.isColoured(on: destination),
          top: output.top
        ).render(document).utf8)
    }
  }
}
