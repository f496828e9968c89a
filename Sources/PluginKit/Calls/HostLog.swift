import CTextExplain

/// The host's log; standard output and standard error are not the plugin's to write to.
///
/// The host keeps what is behind it until the classifier is gone, so that it must not outlive that.
public struct HostLog {
  /// How important a message is.
  public enum Level: Int32, Sendable {
    case debug = 0
    case info = 1
    case warning = 2
    case error = 3
  }

  private let context: UnsafeMutableRawPointer?
  private let write:
    (@convention(c) (UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, Int) -> Void)?

  init(_ host: UnsafePointer<tx_host>?) {
    let hasLog = host.map { Int($0.pointee.size) >= Layout.hostLog } ?? false
    context = hasLog ? host?.pointee.ctx : nil
    write = hasLog ? host?.pointee.log : nil
  }

  /// Writes a message; nothing happens where the host keeps no log.
  public func callAsFunction(_ level: Level, _ message: String) {
    guard let write else { return }
    var message = message
    message.withUTF8 { bytes in
      UnsafeRawBufferPointer(bytes).withMemoryRebound(to: CChar.self) { characters in
        write(context, level.rawValue, characters.baseAddress, characters.count)
      }
    }
  }
}
