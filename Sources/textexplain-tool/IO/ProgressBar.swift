import Glibc

/// A line on standard error that says how far the work is, once it lasts longer than a second.
final class ProgressBar {
  private let start = ContinuousClock.now
  private var lastShown = ContinuousClock.now
  private var isShown = false

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
    let elapsed = now - start
    guard elapsed > Self.patience, now - lastShown > Self.interval, most > 0, done > 0 else {
      return
    }
    lastShown = now
    isShown = true
    let part = min(1, Double(done) / Double(most))
    let full = Int(part * Double(Self.cells))
    let rate = Double(done) / (elapsed / .seconds(1))
    let left = Int((Double(max(0, most - done)) / rate).rounded(.up))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: Self.cells - full)
    StandardErrorLog.write(
      "\r\(bar) \(Int(part * 100)) %  \(done) of \(most) evaluations, \(Int(rate))/s, \(left) s left\u{1B}[K"
    )
  }

  /// Takes the line away.
  func finish() {
    if isShown { StandardErrorLog.write("\r\u{1B}[K") }
    isShown = false
  }
}
