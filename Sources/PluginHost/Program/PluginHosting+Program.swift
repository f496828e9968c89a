extension PluginHosting {
  /// Starts a program that speaks the line protocol, and opens it as a classifier.
  ///
  /// The program runs with this process's environment and working directory, in a process group of its own, and is
  /// **not** shut in a sandbox: whoever names it trusts it. Of the bounds, ``timeout`` holds, also for the program to
  /// greet; others are for plugins.
  ///
  /// - Parameter log: receives what the program writes to standard error, line by line.
  /// - Throws: ``PluginError``.
  public func open(
    _ command: ProgramCommand, log: @escaping PluginLog = { _ in }
  ) throws(PluginError) -> ProgramClassifier {
    try ProgramClassifier(command, hosting: self, log: log)
  }
}
