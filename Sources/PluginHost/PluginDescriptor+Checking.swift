import CTextExplain

/// What a program needs that calls a plugin by itself, as the conformance checks do.
extension PluginDescriptor {
  /// Reads a classifier's table.
  ///
  /// - Parameters:
  ///   - pointer: the plugin's own struct.
  ///   - plugin: what messages call the plugin.
  /// - Throws: ``PluginError`` with code `notAPlugin` where the table breaks the contract.
  package init(
    reading pointer: UnsafePointer<tx_classifier>, plugin: String
  ) throws(PluginError) {
    try self.init(pointer, plugin: plugin)
  }

  /// The given options as they are handed over: checked, in canonical spelling.
  ///
  /// - Throws: ``PluginError`` with code `invalidOption`.
  package func canonical(
    _ options: [PluginOption], environment: PluginSearchEnvironment
  ) throws(PluginError) -> [PluginOption] {
    try OptionChecker(
      specifications: facts.options, classifier: facts.name,
      workingDirectory: environment.workingDirectory, home: environment.home
    ).canonical(options)
  }
}
