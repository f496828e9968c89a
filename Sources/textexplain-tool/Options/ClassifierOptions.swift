import ArgumentParser
import ExplanationModel
import PluginHost
import TextExplain

/// Which plugin is asked.
struct ClassifierOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      The classifier: with a slash a file, without one a name looked for in the plugin folders. \
      (default: $TEXTEXPLAIN_PLUGIN)
      """, valueName: "name|path"), completion: .file(extensions: ["so"]))
  var plugin: String?

  @OptionGroup var search: SearchOptions

  @Option(
    help: ArgumentHelp("An option of the plugin; may be repeated.", valueName: "key=value"))
  var option: [String] = []

  @OptionGroup var hosting: HostingOptions

  /// The plugin that was asked for.
  var name: String? { plugin ?? Environment["TEXTEXPLAIN_PLUGIN"] }

  /// Opens the plugin that was asked for.
  ///
  /// - Parameter seed: for models that draw random numbers.
  func open(seed: UInt64, log: StandardErrorLog) throws -> any HostedClassifier {
    guard let name, !name.isEmpty else {
      throw Failure(
        .usage, code: "no-plugin", "no plugin was named",
        help: "name one with --plugin sentiment.so or in the variable TEXTEXPLAIN_PLUGIN")
    }
    var hosting = hosting.hosting
    hosting.seed = seed
    hosting.logLevel = .init(log.threshold)
    let classifier = try hosting.open(
      name, options: option.map { try PluginOption(parsing: $0) },
      environment: search.environment, hostVersion: Explainer.generator.version
    ) { [messages = PluginMessages(of: name, log: log)] message in messages.show(message) }
    return hosting.isInProcess ? GuardedClassifier(classifier) : classifier
  }
}

/// Where plugins are looked for.
struct SearchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Look for plugins here first; may be repeated.", valueName: "folder"),
    completion: .directory)
  var pluginDir: [String] = []

  var environment: PluginSearchEnvironment { .current(pluginDirectories: pluginDir) }
}

extension PluginLogMessage.Level {
  fileprivate init(_ level: StandardErrorLog.Level) {
    switch level {
    case .debug: self = .debug
    case .info: self = .info
    case .warning: self = .warning
    case .error: self = .error
    }
  }
}
