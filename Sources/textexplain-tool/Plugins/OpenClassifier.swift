import Classification
import ExplanationModel
import PluginHost

/// A classifier that is ready to be asked, and who it is.
struct OpenClassifier {
  /// What the documents say of it.
  enum Identity {
    case plugin(PluginIdentity)
    case program(ProgramIdentity)
  }

  let classifier: any Classifier
  let identity: Identity

  /// A plugin's classifier.
  ///
  /// - Parameter guarded: the one to ask in its place.
  init(_ plugin: any HostedClassifier, askedThrough guarded: (any Classifier)? = nil) {
    let description = plugin.description
    classifier = guarded ?? plugin
    identity = .plugin(
      PluginIdentity(
        id: description.id, name: description.name, version: description.version,
        file: plugin.fileName, sha256: plugin.sha256, modelID: description.modelID))
  }

  /// A program.
  init(_ program: ProgramClassifier) {
    classifier = program
    identity = .program(
      ProgramIdentity(
        name: program.command.name, command: program.command.text,
        modelID: program.description.modelID))
  }

  /// Says in a document who answered.
  func sign(_ document: inout ExplanationDocument) {
    switch identity {
    case .plugin(let plugin): document.plugin = plugin
    case .program(let program): document.program = program
    }
  }
}
