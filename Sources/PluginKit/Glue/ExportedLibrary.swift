@_exported import CTextExplain
import Glibc
import Synchronization

/// The library that a plugin's entry function answers with; to be called from there and nowhere else.
///
/// ```swift
/// @c(textexplain_plugin_v1)
/// public func entry(_ hostMinor: UInt32) -> UnsafePointer<tx_library>? {
///   exportPlugin(Cheerfulness.self, hostMinor: hostMinor)
/// }
/// ```
///
/// A plugin has one entry, so that the first call's classifiers are those of every call.
///
/// - Parameters:
///   - classifiers: the types that the plugin offers, each with an id of its own.
///   - hostMinor: what the entry is called with; every host of major version 1 is served.
public func exportPlugin(
  _ classifiers: any TextClassifier.Type..., hostMinor: UInt32
) -> UnsafePointer<tx_library>? {
  ExportedLibrary.shared.withLock { shared in
    let library = shared ?? ExportedLibrary(classifiers)
    shared = library
    return library
  }.table
}

/// The tables that the host reads before anything is open: made once, never changed and never freed, so
/// that any thread may read them until the process ends.
private final class ExportedLibrary: Sendable {
  static let shared = Mutex<ExportedLibrary?>(nil)

  nonisolated(unsafe) let table: UnsafePointer<tx_library>
  nonisolated(unsafe) private let memory = TableMemory()
  /// A C function cannot carry a type, so that `create` finds it by the descriptor it was called with.
  nonisolated(unsafe) private let types:
    [(descriptor: UnsafePointer<tx_classifier>, type: any TextClassifier.Type)]

  init(_ classifiers: [any TextClassifier.Type]) {
    let memory = memory
    types = classifiers.map { (Self.descriptor(of: $0, memory), $0) }
    let descriptors = memory.list(types.map { Optional($0.descriptor) })
    table = memory.table(tx_library(), size: \.size) {
      $0.abi_minor = TX_ABI_MINOR
      $0.classifier_count = UInt32(classifiers.count)
      $0.classifiers = descriptors
    }
  }

  private static func descriptor(
    of type: any TextClassifier.Type, _ memory: TableMemory
  ) -> UnsafePointer<tx_classifier> {
    let (identity, options) = (type.identity, type.options)
    return memory.table(tx_classifier(), size: \.size) {
      $0.needs = identity.needs.rawValue
      $0.option_count = UInt32(options.count)
      $0.options = memory.list(options.map { Optional(specification(of: $0, memory)) })
      $0.id = memory.string(identity.id)
      $0.name = memory.string(identity.name)
      $0.version = memory.string(identity.version)
      $0.vendor = memory.string(identity.vendor)
      $0.license = memory.string(identity.license)
      $0.description = memory.string(identity.summary)
      $0.url = memory.string(identity.url)
      $0.create = { descriptor, host, options, count, call, out, error in
        reporting(to: error) {
          guard let out else { throw PluginError(.argument, "no room for the instance") }
          out.pointee = nil
          let library = ExportedLibrary.shared.withLock { $0 }
          let instance = try library?.open(descriptor, host, options, count: count, call)
          out.pointee = instance.map { Handle.retain($0) }
        }
      }
      $0.destroy = { Handle.release($0) }
      $0.info = { instance in
        instance.map { Handle.object($0, as: Instance.self).info }
      }
      $0.predict = { instance, call, texts, count, out, error in
        reporting(to: error) {
          try Instance.behind(instance).predict(texts, count: count, call: call, into: out)
        }
      }
      $0.get_extension = { instance, id in
        guard let instance, let id else { return nil }
        let open = Handle.object(instance, as: Instance.self)
        if strcmp(id, TX_EXT_MASKED) == 0 { return UnsafeRawPointer(open.masked) }
        if strcmp(id, TX_EXT_TOKENS) == 0 { return UnsafeRawPointer(open.tokens) }
        if strcmp(id, TX_EXT_LINEAR) == 0 { return UnsafeRawPointer(open.linear) }
        return nil
      }
    }
  }

  private static func specification(
    of option: OptionDeclaration, _ memory: TableMemory
  ) -> UnsafePointer<tx_option_spec> {
    memory.table(tx_option_spec(), size: \.size) {
      $0.type = option.kind.code
      $0.key = memory.string(option.key)
      $0.doc = memory.string(option.documentation)
      $0.default_value = memory.string(option.defaultValue)
      if case .choice(let choices) = option.kind { $0.choices = memory.strings(choices) }
    }
  }

  private func open(
    _ descriptor: UnsafePointer<tx_classifier>?, _ host: UnsafePointer<tx_host>?,
    _ options: UnsafePointer<tx_option>?, count: Int, _ call: UnsafePointer<tx_call>?
  ) throws -> Instance {
    guard let type = types.first(where: { $0.descriptor == descriptor })?.type else {
      throw PluginError(.argument, "no descriptor of this plugin")
    }
    let options = try OpenOptions(
      options, count: count, declared: type.options, log: HostLog(host), call: Call(call))
    return Instance(try type.init(options: options))
  }
}
