import ArgumentParser
import ExplanationModel
import PluginHost
import TextExplain

/// Which plugin or program is asked.
struct ClassifierOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      The classifier: with a slash a file, without one a name looked for in the plugin folders. \
      (default: $TEXTEXPLAIN_PLUGIN)
      """, valueName: "name|path"), completion: .file(extensions: ["so"]))
  var plugin: String?

  @Option(
    help: ArgumentHelp(
      """
      The classifier, in place of a plugin: a program that answers lines of JSON. It runs as your \
      own, without a sandbox; quotes in the command count as in a shell, nothing else does.
      """, valueName: "command"))
  var program: String?

  @OptionGroup var search: SearchOptions

  @Option(
    help: ArgumentHelp("An option of the plugin; may be repeated.", valueName: "key=value"))
  var option: [String] = []

  @OptionGroup var hosting: HostingOptions

  /// The plugin that was asked for.
  var name: String? { plugin ?? Environment["TEXTEXPLAIN_PLUGIN"] }

  /// Sees to it that what is given belongs together.
  func check() throws {
    guard program != nil else { return }
    if plugin != nil {
      throw Failure(
        .usage, code: "usage", "--plugin and --program were both given",
        help: "name the classifier with one of them")
    }
    var foreign = hosting.pluginFlags
    if !search.pluginDir.isEmpty { foreign.append("--plugin-dir") }
    if !option.isEmpty { foreign.append("--option") }
    if let flag = foreign.first {
      throw Failure(
        .usage, code: "usage", "\(flag) does not go with --program",
        help: flag == "--option"
          ? "options of a program belong into its command, as --program 'classify --fast'"
          : "it is for plugins; a program runs as your own, in a process of its own, without a sandbox"
      )
    }
  }

  /// Opens the plugin or starts the program that was asked for.
  ///
  /// - Parameter seed: for plugins that draw random numbers.
  func open(seed: UInt64, log: StandardErrorLog) throws -> OpenClassifier {
    var hosting = hosting.hosting
    hosting.seed = seed
    hosting.logLevel = .init(log.threshold)
    if let program {
      let command = try ProgramCommand(program)
      let messages = PluginMessages(of: "program \"\(command.name)\"", log: log)
      return OpenClassifier(try hosting.open(command) { messages.show($0) })
    }
    guard let name, !name.isEmpty else {
      throw Failure(
        .usage, code: "no-plugin", "no plugin was named",
        help:
          "name one with --plugin sentiment.so or in the variable TEXTEXPLAIN_PLUGIN, or any program with --program"
      )
    }
    let messages = PluginMessages(of: "plugin \"\(name)\"", log: log)
    let plugin = try hosting.open(
      name, options: option.map { try PluginOption(parsing: $0) },
      environment: search.environment, hostVersion: Explainer.generator.version
    ) { messages.show($0) }
    log(.info, "plugin \(plugin.file.path), sha256 \(plugin.sha256)")
    return OpenClassifier(
      plugin, askedThrough: hosting.isInProcess ? GuardedClassifier(plugin) : nil)
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
