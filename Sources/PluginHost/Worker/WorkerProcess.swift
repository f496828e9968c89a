import Glibc

/// The host's view of one worker: requests go out, answers, log messages or its end come in.
///
/// One request is under way at a time. Nothing here waits but ``wait(for:)``.
final class WorkerProcess {
  /// The answer to the last request, until it is taken.
  private(set) var reply: Frame?
  /// Why no answer will come any more.
  private(set) var end: WorkerEnd?
  /// When the answer is due.
  private(set) var deadline = SuspendingClock.now

  private var group: ChildGroup
  private let socket: FileDescriptor
  private var life: FileDescriptor?
  private var output: CapturedOutput
  private var errors: CapturedOutput
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var parser = FrameParser(limit: largestReply)
  private var limit = Duration.zero
  private let scratch: ScratchFolder?
  private var log: BoundedLog

  /// Bytes of a reply to anything but scores.
  static let largestReply = 1 << 26
  /// How long a worker that hung up may take to end by itself.
  private static let patience = 200

  /// Takes over a started process.
  ///
  /// - Parameters:
  ///   - scratch: the folder that is its own and vanishes with it.
  ///   - threshold: messages that matter less are dropped.
  init(
    _ spawn: consuming WorkerSpawn, scratch: ScratchFolder?, threshold: PluginLogMessage.Level,
    log: @escaping PluginLog
  ) {
    group = ChildGroup(leader: spawn.process)
    self.scratch = scratch
    self.log = BoundedLog(threshold: threshold, log)
    let connection = spawn.connection
    socket = connection.socket
    life = .some(connection.life)
    output = CapturedOutput(connection.output, name: "stdout")
    errors = CapturedOutput(connection.errors, name: "stderr")
  }

  deinit { terminate() }

  /// Sends a request and starts its clock.
  ///
  /// - Parameter replyBytes: the longest answer believed.
  func send(_ frame: FrameWriter, limit: Duration, replyBytes: Int = largestReply) {
    guard end == nil else { return }
    reply = nil
    expectReply(within: limit)
    parser.limit = replyBytes
    if outgoing.isEmpty { outgoing = frame.bytes } else { outgoing += frame.bytes }
    push()
  }

  /// Starts the clock for a frame that comes unasked.
  func expectReply(within limit: Duration) {
    self.limit = limit
    deadline = .now + limit
  }

  /// Sends a request that has no answer.
  func post(_ frame: FrameWriter) {
    guard end == nil else { return }
    outgoing += frame.bytes
    push()
  }

  /// Whether a request can be sent: the worker lives, as far as can be told, and has nothing to say unasked.
  func isReady() -> Bool {
    guard end == nil else { return false }
    pull()
    if reply != nil { fail(.lied(WireFault("an answer that nobody asked for"))) }
    return end == nil
  }

  /// The answer, once.
  func takeReply() -> Frame? {
    defer { reply = nil }
    return reply
  }

  /// Waits until one of several workers has answered or ended, or its time is up.
  static func wait(for workers: [WorkerProcess]) {
    let sleepTime = SuspendingClock.now + PluginWorker.patience
    while workers.allSatisfy({ $0.reply == nil && $0.end == nil }) {
      var descriptors: [pollfd] = []
      var deadline = SuspendingClock.now + .seconds(3600)
      for worker in workers {
        deadline = min(deadline, worker.deadline)
        worker.addDescriptors(to: &descriptors)
      }
      let now = SuspendingClock.now
      let rest = now < sleepTime ? 0 : max(.zero, deadline - now) / .milliseconds(1)
      let count = poll(&descriptors, nfds_t(descriptors.count), Int32(rest.rounded(.up)))
      if count < 0 && errno != EINTR { return workers.forEach { $0.fail(.hungUp) } }
      for (index, worker) in workers.enumerated() {
        worker.process(descriptors[3 * index..<3 * index + 3])
        if worker.reply == nil && worker.end == nil && SuspendingClock.now >= worker.deadline {
          worker.fail(.timedOut(worker.limit, ProcessMemory(of: worker.group.leader)))
        }
      }
    }
  }

  /// Ends the worker for a reason that the host found.
  func fail(_ reason: WorkerEnd) {
    terminate()
    end = reason
  }

  /// Kills the process and everything that it has started.
  func terminate() {
    if group.isGone { return }
    group.kill()
    life = nil
    drainOutput()
    if end == nil { end = .signal(SIGKILL) }
  }

  private func addDescriptors(to list: inout [pollfd]) {
    let writing = sent < outgoing.count ? POLLOUT : 0
    list.append(pollfd(fd: socket.number, events: Int16(POLLIN | writing), revents: 0))
    list.append(pollfd(fd: output.number, events: Int16(POLLIN), revents: 0))
    list.append(pollfd(fd: errors.number, events: Int16(POLLIN), revents: 0))
  }

  private func process(_ events: ArraySlice<pollfd>) {
    if events.dropFirst().contains(where: { $0.revents != 0 }) { drainOutput() }
    guard let event = events.first, event.revents != 0 else { return }
    if Int32(event.revents) & POLLOUT != 0 { push() }
    if Int32(event.revents) & ~POLLOUT != 0 { pull() }
  }

  /// Sends as much as the socket takes.
  private func push() {
    while sent < outgoing.count {
      let count = outgoing.withUnsafeBytes { bytes in
        Glibc.send(
          socket.number, bytes.baseAddress?.advanced(by: sent), bytes.count - sent,
          Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      }
      if count < 0 {
        // A worker that is gone is found out when its answer is read.
        if errno == EINTR { continue }
        break
      }
      sent += count
    }
    if sent == outgoing.count {
      outgoing.removeAll(keepingCapacity: true)
      sent = 0
    }
  }

  /// Receives what there is.
  ///
  /// A plugin that sends without end keeps nobody from looking at the clock.
  private func pull() {
    withUnsafeTemporaryAllocation(byteCount: 1 << 17, alignment: 16) { buffer in
      for _ in 0..<64 where end == nil && reply == nil {
        let count = recv(
          socket.number, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
        if count < 0 && errno == EINTR { continue }
        if count < 0 && errno == EAGAIN { return }
        if count <= 0 { return reap() }
        parser.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        do throws(WireFault) {
          try takeFrames()
        } catch {
          fail(.lied(error))
        }
      }
    }
  }

  private func takeFrames() throws(WireFault) {
    while let frame = try parser.next() {
      if frame.kind == .log {
        log.tell(try frame.decode())
      } else if reply == nil {
        reply = frame
      } else {
        throw WireFault("an answer that nobody asked for")
      }
    }
  }

  private func drainOutput() {
    output.drain { log.tell($0) }
    errors.drain { log.tell($0) }
  }

  /// Finds out how a worker ended that hung up.
  private func reap() {
    if group.isGone { return }
    let ending = group.end(within: Self.patience)
    life = nil
    drainOutput()
    end =
      switch ending {
      case .vanished: .vanished
      case .killed, .signal(PluginWorker.lostHost): .hungUp
      case .signal(let number): .signal(number)
      case .exit(let code): .exit(code)
      }
  }
}
