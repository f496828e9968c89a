import ArgumentParser
import Classification
import ExplanationModel
import PluginHost
import Rendering
import TextExplain

/// `textexplain [explain] TEXT --plugin NAME`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain the prediction for one text.")

  @OptionGroup(title: "Text") var text: TextOptions
  @OptionGroup(title: "Classifier") var classifier: ClassifierOptions
  @OptionGroup(title: "Method") var method: MethodOptions
  @OptionGroup(title: "Checks") var checks: CheckOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let destination = try output.destination()
    let explained: ExplanationDocument
    do {
      explained = try document()
      try destination.finish(with: render(explained, on: destination))
    } catch {
      let failure = try Failure(error)
      // NDJSON is read by programs: they get the error as a record too.
      if output.format == .ndjson, failure.status != .outputNotWritten {
        try destination.finish(with: failure.record)
      } else {
        destination.discard()
      }
      throw failure
    }
    try checks.hold(for: explained)
  }

  private func document() throws -> ExplanationDocument {
    let log = output.log
    let bytes = try text.read(log: log)
    let plugin = try classifier.open(log: log)
    log(.info, "plugin \(plugin.file.path), sha256 \(plugin.sha256)")
    var options = method.explainerOptions()
    options.includesChecks = checks.isOn
    options.includesTimings = output.timings
    let explainer = try Explainer(classifier: plugin, options: options)
    let progress = ProgressBar(isQuiet: output.quiet)
    explainer.onProgress = progress.map { bar in { bar.update(done: $0, most: $1) } }
    defer { progress?.finish() }
    var document = try explainer.explain(bytes)
    document.plugin = PluginIdentity(plugin)
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

extension PluginIdentity {
  /// Which plugin answers, down to its bytes.
  init(_ plugin: any HostedClassifier) {
    let description = plugin.description
    self.init(
      id: description.id, name: description.name, version: description.version,
      file: plugin.fileName, sha256: plugin.sha256, modelID: description.modelID)
  }
}
