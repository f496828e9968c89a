import CTextExplain
import Classification

/// One open model of a plugin.
///
/// Invariant: ``handle`` is what `create` answered and lives until this object dies; whoever uses it keeps the
/// object alive for the whole call.
final class PluginInstance {
  let descriptor: PluginDescriptor
  let handle: OpaquePointer
  private let host: HostTable

  /// Opens a model.
  ///
  /// - Parameter options: in canonical spelling.
  /// - Throws: ``PluginError`` with code `invalidOption`, `unusableModel` or `openFailed`.
  init(
    _ descriptor: PluginDescriptor, options: [PluginOption], hostVersion: String, terms: CallTerms,
    log: @escaping PluginLog
  ) throws(PluginError) {
    let host = HostTable(version: hostVersion, log: log)
    var handle: OpaquePointer?
    let failure = Self.withOptions(options) { options in
      PluginFailure.of { error in
        terms.withContract { call in
          descriptor.functions.create(
            descriptor.pointer, host.pointer, options.baseAddress, options.count, call, &handle,
            error)
        }
      }
    }
    if let failure { throw failure.openError(plugin: descriptor.name) }
    guard let handle else {
      throw ContractReader(plugin: descriptor.name, code: .openFailed)
        .breach("create succeeds without an instance")
    }
    self.descriptor = descriptor
    self.handle = handle
    self.host = host
  }

  deinit { descriptor.functions.destroy(handle) }

  /// The table of an extension, or nil where the plugin lacks it.
  func table<Layout>(of id: String, as layout: Layout.Type) -> ForeignStruct<Layout>? {
    guard let table = descriptor.functions.getExtension?(handle, id) else { return nil }
    return ForeignStruct(table.assumingMemoryBound(to: layout))
  }

  /// Lays the options out as the header wants them, for the duration of one call.
  private static func withOptions<Result>(
    _ options: [PluginOption], _ body: (UnsafeBufferPointer<tx_option>) -> Result
  ) -> Result {
    var arena: [UInt8] = []
    for option in options {
      arena += option.key.utf8
      arena += option.value.utf8
    }
    return arena.withUnsafeBytes { arena in
      var offset = 0
      func text(_ string: String) -> tx_text {
        let count = string.utf8.count
        defer { offset += count }
        return tx_text(
          data: arena.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self),
          len: count)
      }
      let records = options.map { tx_option(key: text($0.key), value: text($0.value)) }
      return records.withUnsafeBufferPointer(body)
    }
  }
}
