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
    // Of each worker's own: what a dead one leaves behind is none of the next one's business.
    let scratch = doors.hasScratch ? try ScratchFolder() : nil
    let spawn = try WorkerSpawn(
      program: program, sealedCopy: sealedCopy?.number, temporaryFolder: scratch?.path ?? "/tmp")
    let worker = WorkerProcess(spawn, scratch: scratch, threshold: hosting.logLevel, log: log)
    worker.expectReply(within: Self.startTime)
    WorkerProcess.wait(for: [worker])
    guard let hello = worker.takeReply(), hello.kind == .hello,
      (try? hello.decode(String.self)) == FrameHeader.greeting
    else {
      worker.terminate()
      throw PluginError(
        .workerUnavailable,
        "the program \"\(program)\" is no worker of this version"
          + (worker.end.map { ": it \($0.deed())" } ?? ""),
        help: "name the program textexplain in TEXTEXPLAIN_WORKER, or use --in-process")
    }
    let path = sealedCopy == nil ? file.path : SealedCopy.path
    let request = LoadRequest(file: file, path: path, doors: doors.with(scratch))
    let reply: LoadedReply = try answer(
      of: worker, to: FrameWriter(.load, request), .loaded, step: "loading it", doors)
    return (worker, reply)
  }

  /// The longest that this program itself takes to start, on however busy a machine.
  private static let startTime = Duration.seconds(30)

  /// Has a worker open the model.
  ///
  /// - Parameter options: in canonical spelling.
  /// - Throws: ``PluginError``.
  func create(
    in worker: WorkerProcess, options: [PluginOption], _ doors: WorkerDoors
  ) throws(PluginError) -> ClassifierDescription {
    let request = CreateRequest(options: options, hostVersion: hostVersion)
    let call = Call(request, on: CallTerms(limit: hosting.timeout, seed: hosting.seed))
    return try answer(
      of: worker, to: FrameWriter(.create, call), .created, step: "opening its model", doors)
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
    let deed = end.deed(memoryLimit: doors.memoryLimit)
    throw PluginError(
      .crashed, "plugin \"\(file.name)\" \(deed) while \(step)",
      help: end.help(file, memoryLimit: doors.memoryLimit))
  }
}
