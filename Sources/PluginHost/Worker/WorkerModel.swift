import CTextExplain
import Classification

/// Everything it takes to open one model in one more worker.
final class WorkerModel {
  let launcher: WorkerLauncher
  /// How long opening took the last time.
  private(set) var startSeconds = 0.0
  private let doors: WorkerDoors
  private let options: [PluginOption]
  private let library: LibraryDescription

  /// Opens the model in a first worker, in two stages.
  ///
  /// A strict worker loads the plugin and says what it needs. Where that is nothing, it goes on serving; else it is
  /// ended, and a second one starts with exactly those doors open.
  ///
  /// - Throws: ``PluginError``.
  static func open(
    _ launcher: WorkerLauncher, options: [PluginOption], environment: PluginSearchEnvironment
  ) throws(PluginError) -> WorkerCrew {
    let start = SuspendingClock.now
    let hosting = launcher.hosting
    let strict = WorkerDoors(
      memoryLimit: hosting.memoryLimit, isSandboxRequired: hosting.requiresSandbox)
    var (worker, reply) = try launcher.load(strict)
    for layer in reply.missingLayers {
      launcher.log(PluginLogMessage(level: .warning, text: layer))
    }
    let summary = reply.library.classifiers[0]
    let checker = OptionChecker(
      specifications: summary.options, classifier: summary.name,
      workingDirectory: environment.workingDirectory, home: environment.home)
    let canonical = try checker.canonical(options)
    let needs = try PluginNeeds(summary, allowsNetwork: hosting.allowsNetwork)
    let doors = needs.doors(from: strict, options: canonical, summary)
    let library = reply.library
    if doors != strict {
      worker.terminate()
      (worker, reply) = try launcher.load(doors)
      guard reply.library == library else { throw changed(launcher) }
    }
    let description = try launcher.create(in: worker, options: canonical, doors)
    let model = WorkerModel(
      launcher: launcher, startSeconds: (SuspendingClock.now - start) / .seconds(1), doors: doors,
      options: canonical, library: library)
    return WorkerCrew(worker, description, model)
  }

  private init(
    launcher: WorkerLauncher, startSeconds: Double, doors: WorkerDoors, options: [PluginOption],
    library: LibraryDescription
  ) {
    self.launcher = launcher
    self.startSeconds = startSeconds
    self.doors = doors
    self.options = options
    self.library = library
  }

  /// Opens the model in one more worker.
  ///
  /// - Throws: ``PluginError``, also where the plugin is not what it was.
  func start(expecting description: ClassifierDescription) throws(PluginError) -> WorkerProcess {
    let start = SuspendingClock.now
    let (worker, reply) = try launcher.load(doors)
    guard reply.library == library,
      try launcher.create(in: worker, options: options, doors) == description
    else { throw Self.changed(launcher) }
    startSeconds = (SuspendingClock.now - start) / .seconds(1)
    return worker
  }

  private static func changed(_ launcher: WorkerLauncher) -> PluginError {
    PluginError(
      .unsafeFile,
      "plugin \"\(launcher.file.name)\" describes itself differently when it is loaded again",
      help: launcher.file.isUnchanged
        ? "report it to the plugin's author" : "its file changed while in use; try again")
  }
}

/// What a plugin declares that it cannot do without.
struct PluginNeeds {
  private let bits: UInt32

  /// - Throws: ``PluginError`` with code `needsPermission`.
  init(_ summary: PluginSummary, allowsNetwork: Bool) throws(PluginError) {
    bits = summary.needs
    if bits & Self.network != 0, !allowsNetwork {
      throw PluginError(
        .needsPermission, "plugin \"\(summary.name)\" needs the network",
        help: "add --allow network if you trust it with your texts")
    }
  }

  /// Exactly the doors that these needs and the options given open.
  func doors(
    from strict: WorkerDoors, options: [PluginOption], _ summary: PluginSummary
  ) -> WorkerDoors {
    var doors = strict
    doors.allowsThreads = bits & Self.threads != 0
    doors.allowsNetwork = bits & Self.network != 0
    doors.allowsGPU = bits & Self.gpu != 0
    doors.hasScratch = bits & Self.scratch != 0
    for option in options {
      switch summary.options.first(where: { $0.key == option.key })?.kind {
      case .file, .directory: doors.readable.append(option.value)
      default: break
      }
    }
    return doors
  }

  private static let threads = UInt32(TX_NEEDS_THREADS)
  private static let network = UInt32(TX_NEEDS_NETWORK)
  private static let gpu = UInt32(TX_NEEDS_GPU)
  private static let scratch = UInt32(TX_NEEDS_SCRATCH)
}
