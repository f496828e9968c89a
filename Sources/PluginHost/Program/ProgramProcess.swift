import CProcess
import Glibc

/// The host's view of a running program: a line goes out, a line comes in.
///
/// Both pipes are watched at the same time, so that a program that writes before it reads waits for nobody.
final class ProgramProcess {
  private var group: ChildGroup
  private var input: FileDescriptor?
  private let output: FileDescriptor
  private var errors: CapturedOutput
  private var life: FileDescriptor?
  private var log: BoundedLog
  private var lastWords: String?
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var incoming: LineBuffer
  private var outputHasEnded = false
  private var inputIsClosed = false

  /// The longest line believed.
  static let longestLine = 64 << 20
  /// How long a program may take to end once its input has, or its output, in milliseconds.
  private static let patience = 1000
  /// After which it is asked whether the program still runs: others may hold its end of a pipe.
  private static let watchInterval = Duration.milliseconds(250)

  /// Takes over a started program.
  ///
  /// - Parameter threshold: messages that matter less are dropped.
  init(
    _ spawn: consuming ProgramSpawn, longestLine: Int = longestLine,
    threshold: PluginLogMessage.Level, log: @escaping PluginLog
  ) {
    group = ChildGroup(leader: spawn.process)
    self.log = BoundedLog(threshold: threshold, log)
    incoming = LineBuffer(limit: longestLine)
    let connection = spawn.connection
    for number in [connection.input.number, connection.output.number] {
      _ = fcntl(number, F_SETFL, O_NONBLOCK)
    }
    input = .some(connection.input)
    output = connection.output
    errors = CapturedOutput(connection.errors, name: nil)
    life = .some(connection.life)
  }

  deinit { finish() }

  /// Waits for the line that comes unasked, the greeting.
  ///
  /// - Throws: ``ProgramEnd``, after which the program is gone.
  func greeting(within limit: Duration) throws(ProgramEnd) -> [UInt8] {
    try exchange(within: limit)
  }

  /// Sends a line and waits for the one that answers it.
  ///
  /// - Parameter question: with its line feed.
  /// - Throws: ``ProgramEnd``, after which the program is gone.
  func answer(to question: [UInt8], within limit: Duration) throws(ProgramEnd) -> [UInt8] {
    pull()
    if !incoming.bytes.isEmpty {
      let line = incoming.next() ?? incoming.bytes
      terminate()
      throw .unasked(line)
    }
    outgoing = question
    sent = 0
    return try exchange(within: limit)
  }

  /// Kills the program and everything that it has started.
  func terminate() {
    group.kill()
    close()
  }

  /// Ends the program politely: its input ends, and it has a second to do so too.
  private func finish() {
    if group.isGone { return }
    input = nil
    let end = SuspendingClock.now + .milliseconds(Self.patience)
    while !group.hasEnded, SuspendingClock.now < end {
      pull()
      hear()
      usleep(1000)
    }
    terminate()
  }

  private func close() {
    hear()
    input = nil
    life = nil
  }

  private func exchange(within limit: Duration) throws(ProgramEnd) -> [UInt8] {
    do throws(ProgramEnd) {
      return try converse(within: limit)
    } catch {
      terminate()
      throw error
    }
  }

  private func converse(within limit: Duration) throws(ProgramEnd) -> [UInt8] {
    let deadline = SuspendingClock.now + limit
    var complaintTime: SuspendingClock.Instant?
    while true {
      let hadEnded = group.hasEnded
      push()
      pull()
      hear()
      if let line = incoming.next() {
        guard sent == outgoing.count else { throw .unasked(line) }
        return line
      }
      if incoming.isTooLong {
        throw .endlessLine(begun: incoming.bytes, limit: incoming.limit)
      }
      // What it wrote before it ended has been read by now.
      if outputHasEnded || hadEnded { throw end() }
      let now = SuspendingClock.now
      if now >= deadline { throw timeOut(limit) }
      if inputIsClosed {
        // It may be about to end, which says more.
        let time = complaintTime ?? now + .milliseconds(Self.patience)
        complaintTime = time
        if now >= time { throw .closedInput }
      }
      wait(min(deadline - now, inputIsClosed ? .milliseconds(10) : Self.watchInterval))
    }
  }

  private func wait(_ duration: Duration) {
    let isWriting = sent < outgoing.count && !inputIsClosed
    var descriptors = [
      pollfd(fd: output.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isWriting ? input?.number ?? -1 : -1, events: Int16(POLLOUT), revents: 0),
    ]
    let milliseconds = (duration / .milliseconds(1)).rounded(.up)
    poll(&descriptors, nfds_t(descriptors.count), Int32(max(0, milliseconds)))
  }

  /// Sends as much as the pipe takes.
  private func push() {
    while sent < outgoing.count, !inputIsClosed, let number = input?.number {
      let count = outgoing.withUnsafeBytes { bytes in
        cprocess_write(number, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
      }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        inputIsClosed = true
      }
    }
  }

  /// Receives what there is, up to the end of a line: what comes behind it may wait in the pipe.
  ///
  /// A program that writes without end keeps nobody from looking at the clock.
  private func pull() {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      for _ in 0..<64 where !outputHasEnded && !incoming.hasLine && !incoming.isTooLong {
        let count = read(output.number, buffer.baseAddress, buffer.count)
        if count < 0 && errno == EINTR { continue }
        if count < 0 && errno == EAGAIN { return }
        if count <= 0 {
          outputHasEnded = true
          return
        }
        incoming.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
  }

  /// Takes what the program says on standard error.
  private func hear() {
    errors.drain { message in
      if !message.text.allSatisfy(\.isWhitespace) { lastWords = message.text }
      log.tell(message)
    }
  }

  /// Finds out how a program ended that is heard of no more.
  private func end() -> ProgramEnd {
    let ending = group.end(within: Self.patience)
    hear()
    if ending == .killed { return .closedOutput(begun: incoming.bytes) }
    return .ended(ending, lastWords: lastWords)
  }

  private func timeOut(_ limit: Duration) -> ProgramEnd {
    var unread: Int32 = 0
    if let number = input?.number { _ = ioctl(number, UInt(FIONREAD), &unread) }
    let isUnread = !outgoing.isEmpty && Int(unread) + outgoing.count - sent >= outgoing.count
    return .timedOut(limit, hasReadQuestion: !isUnread, begun: incoming.bytes)
  }
}
