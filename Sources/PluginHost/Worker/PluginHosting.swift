import Classification
import Glibc

/// How plugins are run: in a process of their own unless said otherwise, and within which bounds.
public struct PluginHosting: Sendable, Equatable {
  /// Whether the plugin is loaded into this process, without any of the protection below.
  public var isInProcess = false
  /// The longest that one call may take.
  public var timeout = Duration.seconds(30)
  /// Bytes of address space that a worker may have; nil means as much as there is.
  public var memoryLimit: Int?
  /// Whether a sandbox that this machine can only give in part is an error.
  public var requiresSandbox = false
  /// Whether plugins that say that they need the network get it.
  public var allowsNetwork = false
  /// Whether files that every user can write are loaded all the same, with a warning.
  public var allowsUnsafeFile = false
  /// The only content accepted, in lower-case hexadecimal digits; workers then load a sealed copy.
  public var pinnedSHA256: String?
  /// For models that draw random numbers.
  public var seed: UInt64 = 0
  /// The most workers.
  public var threads = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  /// Messages of plugins that matter less are dropped.
  public var logLevel = PluginLogMessage.Level.debug
  /// The program whose subcommand `__worker` is the worker; nil means what `TEXTEXPLAIN_WORKER` names, or else
  /// `textexplain` in the folder of this program.
  public var worker: String?

  /// The usual bounds.
  public init() {}

  /// Finds and checks a plugin and opens its first classifier.
  ///
  /// - Parameters:
  ///   - name: a name or a path, see ``PluginLocator``.
  ///   - options: as the user gave them.
  ///   - environment: where to search, and where relative paths in options start.
  ///   - hostVersion: this program's version, told to the plugin.
  ///   - log: receives what the plugin logs or prints, on any thread.
  /// - Throws: ``PluginError``.
  public func open(
    _ name: String, options: [PluginOption] = [],
    environment: PluginSearchEnvironment = .current(), hostVersion: String = "unversioned",
    log: @escaping PluginLog = { _ in }
  ) throws(PluginError) -> any HostedClassifier {
    let file = try check(PluginLocator(environment).search(name).foundPath(), log: log)
    if isInProcess {
      return try PluginClassifier(
        try PluginLibrary(loading: file), options: options, environment: environment,
        hostVersion: hostVersion, policy: CallPolicy(timeout: timeout, seed: seed)
      ) { if $0.level >= logLevel { log($0) } }
    }
    let launcher = try WorkerLauncher(file, hosting: self, hostVersion: hostVersion, log: log)
    return try WorkerClassifier(launcher, options: options, environment: environment)
  }

  /// What a plugin's library says of itself, asked in a strict worker; no model is opened.
  ///
  /// - Parameter path: an absolute path.
  /// - Throws: ``PluginError``.
  public func describe(
    _ path: String, hostVersion: String = "unversioned", log: @escaping PluginLog = { _ in }
  ) throws(PluginError) -> (file: PluginFile, library: LibraryDescription) {
    let file = try check(path, log: log)
    let launcher = try WorkerLauncher(file, hosting: self, hostVersion: hostVersion, log: log)
    let doors = WorkerDoors(memoryLimit: memoryLimit, isSandboxRequired: requiresSandbox)
    let (worker, reply) = try launcher.load(doors)
    worker.terminate()
    return (file, reply.library)
  }

  private func check(_ path: String, log: @escaping PluginLog) throws(PluginError) -> PluginFile {
    let file = try PluginFile(
      checking: path,
      tolerating: allowsUnsafeFile
        ? { log(PluginLogMessage(level: .warning, text: $0.message)) } : nil)
    if let pinnedSHA256, pinnedSHA256 != file.sha256 {
      throw PluginError(
        .unsafeFile,
        "plugin \"\(path)\" has SHA-256 \(file.sha256), not \(pinnedSHA256) as asked for",
        help: "get the file that the digest was made of, or correct --plugin-sha256")
    }
    return file
  }

  /// The program to start as a worker.
  func workerProgram() throws(PluginError) -> String {
    if let worker { return worker }
    if let named = getenv("TEXTEXPLAIN_WORKER").map({ String(cString: $0) }), !named.isEmpty {
      return named
    }
    guard let own = AbsolutePath.target(ofLink: "/proc/self/exe") else {
      throw PluginError(
        .workerUnavailable, "this program cannot be found: \(SystemError.last)",
        help: "name the program textexplain in TEXTEXPLAIN_WORKER")
    }
    return AbsolutePath.resolve("textexplain", in: AbsolutePath.folder(of: own))
  }
}
