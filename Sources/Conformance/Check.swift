/// One conformance check: a question about a plugin that is asked in a process of its own.
package struct Check: Sendable {
  /// Its number in the table of checks.
  package let number: Int
  /// Its name, as `--only` takes it.
  package let id: String
  /// 0 static, 1 contract, 2 scores, 3 robust, 4 consistent.
  package let level: Int
  /// What has to hold.
  package let title: String
  /// Seconds after which its process is killed.
  package let timeLimit: Double

  let run: @Sendable (Subject) throws -> Verdict

  init(
    _ number: Int, _ id: String, level: Int, timeLimit: Double = 20, _ title: String,
    run: @escaping @Sendable (Subject) throws -> Verdict
  ) {
    self.number = number
    self.id = id
    self.level = level
    self.title = title
    self.timeLimit = timeLimit
    self.run = run
  }

  /// The level at which a plugin counts as conformant.
  package static let conformantLevel = 3
  /// The highest level.
  package static let highestLevel = 4
}
