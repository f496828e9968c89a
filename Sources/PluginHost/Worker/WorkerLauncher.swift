import Classification
import Glibc

/// Starts workers for one plugin and brings them to the point where they can score.
struct WorkerLauncher {
  let file: PluginFile
  let hosting: PluginHosting
  let hostVersion: String
  let log: PluginLog
  /// What the workers load instead of the file itself.
  let sealedCopy: SealedCopy?

  init(
    _ file: PluginFile, hosting: PluginHosting, hostVersion: String, log: @escaping PluginLog
  ) throws(PluginError) {
    self.file = file
    self.hosting = hosting
    self.hostVersion = hostVersion
    self.log = log
    sealedCopy = hosting.pinnedSHA256 == nil ? nil : try SealedCopy(of: file)
  }

  /// Starts a worker that has loaded the plugin behind certain doors.
  ///
  /// - Throws: ``PluginError``.
  func load(_ doors: WorkerDoors) throws(PluginError) -> (WorkerProcess, LoadedReply) {
    if sealedCopy == nil { try file.verifyUnchanged() }
    let program = try hosting.workerProgram()
    let spawn = try WorkerSpawn(
      program: program, sealedCopy: sealedCopy?.number, temporaryFolder: doors.scratch ?? "/tmp")
    let worker = WorkerProcess(spawn, log: log)
    worker.expectReply(within: min(hosting.timeout, .seconds(10)))
    WorkerProcess.wait(for: [worker])
    guard let hello = worker.takeReply(), hello.kind == .hello,
      (try? hello.decode(String.self)) == FrameHeader.greeting
    else {
      worker.terminate()
      throw PluginError(
        .workerUnavailable,
        "the program \"\(program)\" is no worker of this version"
          + (worker.end.map { ": it \($0.deed)" } ?? ""),
        help: "name the program textexplain in TEXTEXPLAIN_WORKER, or use --in-process")
    }
    let path = sealedCopy == nil ? file.path : SealedCopy.path
    let request = LoadRequest(file: file, path: path, doors: doors)
    let reply: LoadedReply = try answer(
      of: worker, to: FrameWriter(.load, request), .loaded, step: "loading it", doors)
    return (worker, reply)
  }

  /// Has a worker open the model.
  ///
  /// - Parameter options: in canonical spelling.
  /// - Throws: ``PluginError``.
  func create(
    in worker: WorkerProcess, options: [PluginOption], _ doors: WorkerDoors
  ) throws(PluginError) -> ClassifierDescription {
    let request = CreateRequest(options: options, hostVersion: hostVersion)
    return try answer(
      of: worker, to: FrameWriter(.create, request), .created, step: "opening its model", doors)
  }

  /// Waits for one answer of the opening steps.
  private func answer<Value: WireValue>(
    of worker: WorkerProcess, to frame: FrameWriter, _ kind: FrameKind, step: String,
    _ doors: WorkerDoors
  ) throws(PluginError) -> Value {
    worker.send(frame, limit: hosting.timeout)
    WorkerProcess.wait(for: [worker])
    var end = worker.end ?? .hungUp
    if let reply = worker.takeReply() {
      var refusal: PluginError?
      do throws(WireFault) {
        if reply.kind == kind { return try reply.decode() }
        if reply.kind == .openingFailed {
          refusal = try reply.decode(PluginError.self)
        } else {
          end = .lied(WireFault("an answer to another question"))
        }
      } catch {
        end = .lied(error)
      }
      if let refusal {
        worker.terminate()
        throw refusal
      }
    }
    worker.terminate()
    throw PluginError(
      .crashed, "plugin \"\(file.name)\" \(end.deed) while \(step)",
      help: end.help(file, memoryLimit: doors.memoryLimit))
  }
}
