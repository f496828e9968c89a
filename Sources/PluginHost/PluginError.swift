/// A plugin could not be found, trusted, loaded or opened, or a program not be started.
///
/// What fails later, while scoring, is a `ClassifierError`.
public struct PluginError: Error, Sendable, Equatable {
  /// What went wrong, for machines.
  public enum Code: String, Sendable, CaseIterable {
    /// The name of a plugin, or a folder to search, is unusable as written.
    case invalidName = "invalid-plugin-name"
    /// An option is malformed, unknown, given twice, missing, or its value is not accepted.
    case invalidOption = "invalid-option"
    /// A model file is missing or unusable.
    case unusableModel = "unusable-model"
    /// There is no such plugin.
    case notFound = "plugin-not-found"
    /// Others than its owner could change the file.
    case unsafeFile = "unsafe-plugin-file"
    /// The file is no shared library for this machine.
    case notLoadable = "plugin-not-loadable"
    /// The library is no plugin of a version known here, or breaks the contract while it is loaded.
    case notAPlugin = "not-a-plugin"
    /// The plugin says that it cannot serve this program.
    case refused = "plugin-refused"
    /// The plugin needs something that the user has not allowed.
    case needsPermission = "plugin-needs-permission"
    /// The plugin failed to load or to open its model, or describes it wrongly.
    case openFailed = "plugin-failed"
    /// The plugin's process died or hung while it was loaded or opened its model.
    case crashed = "plugin-crashed"
    /// No process could be started for the plugin, or it cannot be shut in as asked.
    case workerUnavailable = "worker-unavailable"
    /// The command of a program cannot be read.
    case invalidCommand = "invalid-command"
    /// There is no such program.
    case programNotFound = "program-not-found"
    /// The program's file cannot be executed.
    case programNotExecutable = "program-not-executable"
    /// The program ended, hung, or began with something else than its greeting.
    case programFailed = "program-failed"
  }

  /// Who has to act, as exit codes tell it.
  public enum Category: Sendable {
    /// The command was wrong: exit code 64.
    case usage
    /// A file that was read is unusable: exit code 65.
    case input
    /// The plugin is missing or cannot be loaded: exit code 69.
    case unavailable
    /// The plugin ran and failed: exit code 70.
    case failed
  }

  /// What went wrong, for machines.
  public let code: Code
  /// What went wrong, for people: lower case, with the value in quotes.
  public let message: String
  /// What to do about it.
  public let help: String?

  /// Makes an error.
  public init(_ code: Code, _ message: String, help: String? = nil) {
    self.code = code
    self.message = message
    self.help = help
  }

  /// Who has to act.
  public var category: Category {
    switch code {
    case .invalidName, .invalidOption, .invalidCommand: .usage
    case .unusableModel: .input
    case .notFound, .unsafeFile, .notLoadable, .notAPlugin, .refused, .needsPermission,
      .workerUnavailable, .programNotFound, .programNotExecutable:
      .unavailable
    case .openFailed, .crashed, .programFailed: .failed
    }
  }
}
