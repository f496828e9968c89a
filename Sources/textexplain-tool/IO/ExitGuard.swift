import Glibc
import Synchronization

/// Tells the end of the program from that which a plugin brings about by calling `exit`.
///
/// A plugin in this process can do so at any time, with any status; without the guard its 0 would count as
/// success. `_exit` and signals pass it by.
enum ExitGuard {
  private struct Watch {
    var plugin: String
    /// What is going on, completing a sentence that ends in "while".
    var step: String
    let respond: @Sendable (Failure) -> Void
  }

  private static let watch = Mutex<Watch?>(nil)

  /// Watches over a plugin from now on until ``end()``.
  ///
  /// - Parameters:
  ///   - plugin: how the user calls it.
  ///   - step: what it does first.
  ///   - respond: deals with the output, before the failure is told on standard error.
  static func begin(
    _ plugin: String, _ step: String, respond: @escaping @Sendable (Failure) -> Void
  ) {
    watch.withLock { $0 = Watch(plugin: plugin, step: step, respond: respond) }
    on_exit({ status, _ in ExitGuard.answer(status) }, nil)
  }

  /// Says what the plugin, now called by its own name, does next.
  static func enter(_ step: String, _ plugin: String) {
    watch.withLock {
      $0?.plugin = plugin
      $0?.step = step
    }
  }

  /// The plugin is not called any more.
  static func end() { watch.withLock { $0 = nil } }

  private static func answer(_ status: Int32) {
    guard let watch = watch.withLock({ $0 }) else { return }
    let failure = Failure(
      .pluginFailed, code: "classifier-crashed",
      "plugin \"\(watch.plugin)\" ended the process with exit code \(status) while \(watch.step)",
      help: "report it to the plugin's author, with the text")
    watch.respond(failure)
    ErrorReport(failure).print()
    _exit(failure.status.rawValue)
  }
}
