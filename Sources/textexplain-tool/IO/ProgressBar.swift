import Glibc
import Synchronization

/// A line on standard error that says how far the work is, once it lasts longer than a second.
final class ProgressBar {
  private let start = ContinuousClock.now
  /// When the first evaluations were done, and how many: preparations do not count into the rate.
  private var first: (time: ContinuousClock.Instant, done: Int)?
  private var lastShown = ContinuousClock.now

  private static let patience = Duration.seconds(1)
  private static let interval = Duration.milliseconds(100)
  private static let cells = 24

  /// A bar, or nil where nobody would see it.
  init?(isQuiet: Bool) {
    if isQuiet || !FileDescriptor.standardError.isTerminal { return nil }
  }

  /// Shows `done` of at most `most` evaluations.
  func update(done: Int, most: Int) {
    let now = ContinuousClock.now
    guard let first else {
      first = (now, done)
      return
    }
    guard now - start > Self.patience, done > first.done, now - lastShown > Self.interval, most > 0,
      done > 0
    else {
      return
    }
    lastShown = now
    InterruptHandler.isLineShown.store(true, ordering: .relaxed)
    let part = min(1, Double(done) / Double(most))
    let full = Int(part * Double(Self.cells))
    let rate = Double(done - first.done) / ((now - first.time) / .seconds(1))
    let left = Int((Double(max(0, most - done)) / rate).rounded(.up))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: Self.cells - full)
    StandardErrorLog.write(
      "\r\(bar) \(Int(part * 100)) %  \(done) of \(most) evaluations, \(Int(rate))/s, \(left) s left\u{1B}[K"
    )
  }

  /// Takes the line away.
  func finish() {
    if InterruptHandler.isLineShown.exchange(false, ordering: .relaxed) {
      StandardErrorLog.write("\r\u{1B}[K")
    }
  }
}
