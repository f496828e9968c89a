import CTextExplain
import Glibc

/// What the host offers an instance, at a fixed address for the instance's whole life.
///
/// Invariant: ``pointer`` and everything it points to stay valid and unchanged until this object dies; its
/// owner keeps it until the plugin's `destroy` has returned.
final class HostTable {
  let pointer: UnsafeMutablePointer<tx_host>
  private let sink: Unmanaged<LogSink>
  private let name: UnsafeMutablePointer<CChar>?
  private let version: UnsafeMutablePointer<CChar>?

  init(version: String, log: @escaping PluginLog) {
    sink = Unmanaged.passRetained(LogSink(log: log))
    name = strdup("textexplain")
    self.version = strdup(version)
    pointer = UnsafeMutablePointer.allocate(capacity: 1)
    pointer.initialize(
      to: tx_host(
        size: UInt32(MemoryLayout<tx_host>.size), abi_minor: TX_ABI_MINOR, ctx: sink.toOpaque(),
        name: name, version: self.version,
        log: { context, level, message, length in
          guard let context else { return }
          let sink = Unmanaged<LogSink>.fromOpaque(context).takeUnretainedValue()
          sink.receive(
            level, UnsafeRawBufferPointer(start: message, count: message == nil ? 0 : length))
        }))
  }

  deinit {
    pointer.deinitialize(count: 1)
    pointer.deallocate()
    free(name)
    free(version)
    sink.release()
  }
}

/// The object behind a host table's context: called on any thread.
private final class LogSink: Sendable {
  private let log: PluginLog

  init(log: @escaping PluginLog) { self.log = log }

  func receive(_ level: Int32, _ message: UnsafeRawBufferPointer) {
    let nearest = min(max(level, 0), PluginLogMessage.Level.error.rawValue)
    guard let level = PluginLogMessage.Level(rawValue: nearest) else { return }
    var text = String(decoding: message[..<Self.cut(message)], as: UTF8.self)
    if message.count > Self.longest { text += "…" }
    log(PluginLogMessage(level: level, text: text))
  }

  /// The most bytes of a message that are passed on.
  private static let longest = 4096

  /// Where a message is cut: before the character that would be too much.
  private static func cut(_ message: UnsafeRawBufferPointer) -> Int {
    guard message.count > longest else { return message.count }
    let start = (longest - 3...longest).last { message[$0] & 0xc0 != 0x80 }
    return start ?? longest
  }
}
