import Glibc

/// Starts a worker process and keeps this side's ends of everything that connects the two.
struct WorkerSpawn: ~Copyable {
  let process: pid_t
  let connection: Connection

  /// This side's ends.
  struct Connection: ~Copyable {
    let socket: FileDescriptor
    /// Whose closing, by whatever way this process ends, kills the worker.
    let life: FileDescriptor
    let output: FileDescriptor
    let errors: FileDescriptor
  }

  /// Starts a program as a worker, in a process group of its own.
  ///
  /// - Parameters:
  ///   - sealedCopy: a memory file for the worker to load, or nil.
  ///   - temporaryFolder: the worker's `TMPDIR`.
  /// - Throws: ``PluginError`` with code `workerUnavailable`.
  init(
    program: String, sealedCopy: Int32?, temporaryFolder: String
  ) throws(PluginError) {
    let sockets = try DescriptorPair.sockets()
    let life = try DescriptorPair.pipe()
    let output = try DescriptorPair.pipe()
    let errors = try DescriptorPair.pipe()
    let target = PluginWorker.Descriptor.self
    var handovers = [
      ChildProcess.Handover(output.second.number, as: STDOUT_FILENO),
      ChildProcess.Handover(errors.second.number, as: STDERR_FILENO),
      ChildProcess.Handover(sockets.second.number, as: target.socket),
      ChildProcess.Handover(life.first.number, as: LifePipe.descriptor),
    ]
    if let sealedCopy {
      handovers.append(ChildProcess.Handover(sealedCopy, as: target.sealedCopy))
    }
    let started = ChildProcess.start(
      program, [PluginWorker.argument],
      environment: ChildProcess.environment(temporaryFolder: temporaryFolder), handovers,
      leadsGroup: true)
    switch started {
    case .success(let process): self.process = process
    case .failure(let error):
      throw PluginError(
        .workerUnavailable, "the worker \"\(program)\" cannot be started: \(error)",
        help: "name the program textexplain in TEXTEXPLAIN_WORKER, or use --in-process")
    }
    connection = Connection(
      socket: sockets.takeFirst(), life: life.takeSecond(), output: output.takeFirst(),
      errors: errors.takeFirst())
  }
}
