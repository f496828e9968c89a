/// What a check found where nothing is wrong.
enum Verdict: Equatable {
  case pass
  /// Nothing is broken, but somebody should know.
  case warn(String)
  /// There is nothing to check.
  case skip(String)

  /// Passes with a warning for each remark, if there is any.
  init(remarks: [String]) {
    self = remarks.isEmpty ? .pass : .warn(remarks.joined(separator: "; "))
  }
}

/// What a check found wrong.
struct Violation: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Fails the check unless a condition holds.
func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws {
  if !condition { throw Violation(reason()) }
}
