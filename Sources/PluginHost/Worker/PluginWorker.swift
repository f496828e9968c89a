import Glibc
import Synchronization

/// The other side of ``WorkerClassifier``: the process in which a plugin runs, shut in, and nothing else does.
///
/// It has one thread until the plugin starts others, talks to the host on descriptor 3 and ends with it.
public enum PluginWorker {
  /// The hidden subcommand that makes a program a worker.
  public static let argument = "__worker"

  /// How long both ends look for the other's frame before they go to sleep for it.
  ///
  /// Waking up takes some tens of microseconds, in which a small batch is scored.
  static let patience = Duration.microseconds(100)

  /// The descriptors that the host hands over.
  enum Descriptor {
    static let socket: Int32 = 3
    static let sealedCopy: Int32 = 5
  }

  /// Serves the host until it hangs up.
  ///
  /// To be called before anything else happens in the process: what other threads do lies outside the sandbox.
  public static func run() -> Never {
    var status = stat()
    guard fstat(Descriptor.socket, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK,
      LifePipe.arm()
    else { exit(usageError) }
    let channel = WorkerChannel()
    channel.send(FrameWriter(.hello, FrameHeader.greeting))
    var service = WorkerService(channel: channel)
    while let frame = channel.receive() {
      do throws(WireFault) {
        try service.answer(frame)
      } catch {
        _exit(protocolError)
      }
    }
    hangUp()
  }

  /// The signal that ends a worker which cannot reach its host any more: no exit code of a plugin's is taken for it.
  static let lostHost = SIGHUP

  /// Ends this process without the exit handlers of plugins: their instances are gone with the process.
  static func hangUp() -> Never {
    signal(lostHost, SIG_DFL)
    raise(lostHost)
    _exit(protocolError)
  }

  /// `__worker` was not called by this program.
  private static let usageError: Int32 = 64
  private static let protocolError: Int32 = 76
}

/// The worker's end of the socket.
///
/// Frames are sent by any thread that logs, and received by the one that serves.
final class WorkerChannel: Sendable {
  private let sending = Mutex(())
  private let parser = Mutex(FrameParser(limit: .max))

  /// The next frame, nil where the host hung up.
  func receive() -> Frame? {
    let sleepTime = SuspendingClock.now + PluginWorker.patience
    return parser.withLock { parser in
      withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
        while true {
          do throws(WireFault) {
            if let frame = try parser.next() { return frame }
          } catch {
            return nil
          }
          let flags = SuspendingClock.now < sleepTime ? Int32(MSG_DONTWAIT) : 0
          let count = recv(PluginWorker.Descriptor.socket, buffer.baseAddress, buffer.count, flags)
          if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
          if count <= 0 { return nil }
          parser.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
      }
    }
  }

  /// Sends a frame; a host that is gone takes the worker with it.
  func send(_ frame: FrameWriter) {
    sending.withLock { _ in
      frame.bytes.withUnsafeBytes { bytes in
        var sent = 0
        while sent < bytes.count {
          let count = Glibc.send(
            PluginWorker.Descriptor.socket, bytes.baseAddress?.advanced(by: sent),
            bytes.count - sent, Int32(MSG_NOSIGNAL))
          if count < 0 && errno == EINTR { continue }
          if count < 0 { PluginWorker.hangUp() }
          sent += count
        }
      }
    }
  }
}
